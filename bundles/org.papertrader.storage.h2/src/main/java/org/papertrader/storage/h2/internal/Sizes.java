package org.papertrader.storage.h2.internal;

import java.util.Locale;

/** Numbers for people. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final long STEP = 1_024;
    private static final int TENTHS = 10;

    private Sizes() {}

    /** Bytes in the unit that fits, rounded down to a tenth. */
    static String of(long bytes) {
        long one = 1;
        int unit = 0;
        while (bytes / one >= STEP && unit < UNITS.length - 1) {
            one *= STEP;
            unit++;
        }
        return bytes / one + (unit == 0 ? " " : "." + bytes % one * TENTHS / one + " ") + UNITS[unit];
    }

    /** With a comma between the thousands. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
