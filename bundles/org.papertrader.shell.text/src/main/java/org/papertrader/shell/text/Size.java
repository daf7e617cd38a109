package org.papertrader.shell.text;

import java.util.List;

/** A number of bytes, 0 or more: a number in JSON, in the unit that fits for people. */
public record Size(long bytes) {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final long STEP = 1024;
    private static final long WHOLE_FROM = 10;
    private static final int TENTHS = 10;

    /** Such as {@code 1.4 GiB}. */
    @Override
    public String toString() {
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
}
