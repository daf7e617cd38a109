package org.papertrader.shell.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as operators read them. */
public final class Words {
    /** Columns of a terminal that everything fits into. */
    public static final int COLUMNS = 80;

    private static final int SECONDS_LONG = 120;
    private static final int MINUTES_LONG = 120;
    private static final int HOURS_LONG = 48;
    private static final int TEXT_MAX = 400;
    private static final int MEBIBYTE = 1 << 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Words() {}

    /** As {@code 42s}, {@code 17m}, {@code 5h}, {@code 12d}; never negative. */
    public static String age(Duration age) {
        if (age.toSeconds() < SECONDS_LONG) {
            return Math.max(0, age.toSeconds()) + "s";
        } else if (age.toMinutes() < MINUTES_LONG) {
            return age.toMinutes() + "m";
        }
        return age.toHours() < HOURS_LONG ? age.toHours() + "h" : age.toDays() + "d";
    }

    /** As {@code 12 MiB}. */
    public static String mebibytes(long bytes) {
        return bytes / MEBIBYTE + " MiB";
    }

    /** At most so many columns; what was cut ends with a tilde. */
    public static String cut(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 1) + "~";
    }

    /** Lines of at most so many columns, broken at blanks and behind commas where there are any. */
    public static List<String> folded(String text, int columns) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > columns) {
            int end = Math.max(rest.lastIndexOf(' ', columns), rest.lastIndexOf(',', columns - 1) + 1);
            end = end > 0 ? end : columns;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Text of others in the log and on a terminal: nothing that moves its cursor, and not too much of it. */
    public static String printable(String text) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), TEXT_MAX));
        text.codePoints().limit(TEXT_MAX + 1L).forEach(c -> safe.appendCodePoint(isSafe(c) ? c : '?'));
        return cut(safe.toString(), TEXT_MAX);
    }

    private static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** A value in a cell or behind a name: times to the second in UTC, ages short, nothing as a dash. */
    static String shown(@Nullable Object value) {
        if (value instanceof Instant time) {
            return TIME.format(time);
        } else if (value instanceof Duration age) {
            return age(age);
        } else if (value instanceof Boolean truth) {
            return truth ? "yes" : "no";
        } else if (value instanceof Collection<?> values) {
            return values.isEmpty() ? "-" : values.stream().map(Words::shown).collect(Collectors.joining(", "));
        }
        String text = value == null ? "" : printable(value.toString());
        return text.isEmpty() ? "-" : text;
    }
}
