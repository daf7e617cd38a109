package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** Values as operators read them. */
final class Words {
    static final int UUID_LENGTH = 36;
    private static final int SECONDS_LONG = 120;
    private static final int MINUTES_LONG = 120;
    private static final int HOURS_LONG = 48;
    private static final int TENTHS_BELOW_MICROS = 10_000;
    private static final int TEXT_MAX = 400;
    private static final int MEBIBYTE = 1 << 20;

    private Words() {}

    static String state(WorkerView.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** As {@code 42s}, {@code 17m}, {@code 5h}, {@code 12d}. */
    static String age(Duration age) {
        if (age.toSeconds() < SECONDS_LONG) {
            return Math.max(0, age.toSeconds()) + "s";
        } else if (age.toMinutes() < MINUTES_LONG) {
            return age.toMinutes() + "m";
        }
        return age.toHours() < HOURS_LONG ? age.toHours() + "h" : age.toDays() + "d";
    }

    /** As {@code 97.3%}. */
    static String percent(int perMille) {
        return perMille / 10 + "." + perMille % 10 + "%";
    }

    /** As {@code 0.4ms} or {@code 120ms}. */
    static String roundTrip(Duration time) {
        long micros = time.toNanos() / 1_000;
        return micros < TENTHS_BELOW_MICROS
                ? micros / 1_000 + "." + micros % 1_000 / 100 + "ms"
                : micros / 1_000 + "ms";
    }

    static String mebibytes(long bytes) {
        return bytes / MEBIBYTE + " MiB";
    }

    /** As {@code 1500 ms ahead, corrected for}. */
    static String clock(@Nullable Link link) {
        Answer answer = link == null ? null : link.answer();
        if (answer == null) {
            return "not measured";
        }
        return offset(answer.clockAhead())
                + (answer.clockWrong() ? ", too far: its orders are refused" : ", corrected for");
    }

    /** As {@code 1500 ms ahead}. */
    static String offset(Duration ahead) {
        long millis = ahead.toMillis();
        return Math.abs(millis) + (millis < 0 ? " ms behind" : " ms ahead");
    }

    static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 1) + "~";
    }

    /** Text of others in the log and on a terminal: nothing that moves its cursor, and not too much of it. */
    static String printable(String text) {
        return cut(text.replaceAll("[^\\x20-\\x7e]", "?"), TEXT_MAX);
    }
}
