package org.papertrader.bench;

/** Counts durations in buckets that are at most 1.6 % wide; recording allocates nothing. */
final class Latencies {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private static final int BUCKETS = (Long.SIZE - SUB_BITS) * SUB;

    private final long[] counts = new long[BUCKETS];
    private long total;

    void record(long nanos) {
        counts[index(Math.max(0, nanos))]++;
        total++;
    }

    void clear() {
        java.util.Arrays.fill(counts, 0);
        total = 0;
    }

    /** The duration that this part of all is not above, in microseconds; 0 when nothing was recorded. */
    double micros(double part) {
        long wanted = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return lowest(i) / 1_000.0;
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        if (nanos < SUB) {
            return (int) nanos;
        }
        int shift = Long.SIZE - 1 - SUB_BITS - Long.numberOfLeadingZeros(nanos);
        return (shift << SUB_BITS) + (int) (nanos >>> shift);
    }

    private static long lowest(int index) {
        if (index < SUB) {
            return index;
        }
        int shift = (index >>> SUB_BITS) - 1;
        return (long) (SUB + (index & (SUB - 1))) << shift;
    }
}
