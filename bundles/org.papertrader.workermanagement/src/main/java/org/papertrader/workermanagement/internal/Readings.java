package org.papertrader.workermanagement.internal;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.papertrader.workers.api.WorkerView;
import org.papertrader.workers.api.WorkerView.Answer;
import org.papertrader.workers.api.WorkerView.Link;

/** What workers answer, as operators read it. */
final class Readings {
    static final int UUID_LENGTH = 36;
    private static final int TENTHS_BELOW_MICROS = 10_000;

    private Readings() {}

    static String state(WorkerView.State state) {
        return state.name().toLowerCase(Locale.ROOT);
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

    /** As {@code 1500 ms ahead, corrected for}. */
    static String clock(@Nullable Link link) {
        Answer answer = link == null ? null : link.answer();
        if (answer == null) {
            return "not measured";
        }
        long millis = answer.clockAhead().toMillis();
        return Math.abs(millis)
                + (millis < 0 ? " ms behind, " : " ms ahead, ")
                + (answer.clockWrong() ? "too far: its orders are refused" : "corrected for");
    }
}
