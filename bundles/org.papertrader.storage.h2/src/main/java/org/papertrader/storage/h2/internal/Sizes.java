package org.papertrader.storage.h2.internal;

import java.util.Locale;

/** Numbers for people. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final double STEP = 1024;

    private Sizes() {}

    /** Bytes in the unit that fits. */
    static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
    }

    /** With a comma between the thousands. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
