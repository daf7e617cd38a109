package org.papertrader.shell.internal;

import java.time.Duration;
import java.util.List;

/** Writes amounts for people. */
final class Amounts {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final long STEP = 1024;
    private static final long WHOLE_FROM = 10;
    private static final int TENTHS = 10;

    private Amounts() {}

    /** Bytes in the unit that fits, such as {@code 1.4 GiB}. */
    static String bytes(long bytes) {
        int unit = 0;
        long before = bytes;
        long value = bytes;
        while (value >= STEP && unit < UNITS.size() - 1) {
            before = value;
            value /= STEP;
            unit++;
        }
        boolean whole = unit == 0 || value >= WHOLE_FROM;
        return value + (whole ? "" : "." + before % STEP * TENTHS / STEP) + " " + UNITS.get(unit);
    }

    /** Two units at most, such as {@code 2 h 13 min}. */
    static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
