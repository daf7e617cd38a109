package org.papertrader.metrics.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long something took, counted into fixed buckets from 1 µs to 10 s. Any thread; no lock, no allocation: a few
 * nanoseconds each.
 */
public final class Durations {
    /** Upper bounds in nanoseconds. */
    private static final long[] BOUNDS = {
        1_000,
        2_500,
        5_000,
        10_000,
        25_000,
        50_000,
        100_000,
        250_000,
        500_000,
        1_000_000,
        2_500_000,
        5_000_000,
        10_000_000,
        25_000_000,
        50_000_000,
        100_000_000,
        250_000_000,
        500_000_000,
        1_000_000_000,
        2_500_000_000L,
        5_000_000_000L,
        10_000_000_000L
    };

    private static final int SUM = BOUNDS.length + 1;
    private static final List<BigDecimal> SECONDS = seconds();

    private final AtomicLongArray cells = new AtomicLongArray(SUM + 1);

    /** Counts one; a negative time counts as zero. */
    public void record(long nanos) {
        long time = Math.max(0, nanos);
        cells.getAndIncrement(bucket(time));
        cells.getAndAdd(SUM, time);
    }

    /** How many were counted. */
    public long count() {
        long count = 0;
        for (int i = 0; i < SUM; i++) {
            count += cells.get(i);
        }
        return count;
    }

    /** The distribution until now, in seconds. */
    public Sample sample(Map<String, String> labels) {
        List<Long> counts = new ArrayList<>(SUM);
        for (int i = 0; i < SUM; i++) {
            counts.add(cells.get(i));
        }
        return new Sample.Spread(labels, SECONDS, counts, BigDecimal.valueOf(cells.get(SUM), 9));
    }

    /** Short times are the most, so it is looked for from the beginning. */
    private static int bucket(long nanos) {
        int bucket = 0;
        while (bucket < BOUNDS.length && nanos > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    private static List<BigDecimal> seconds() {
        List<BigDecimal> seconds = new ArrayList<>();
        for (long bound : BOUNDS) {
            seconds.add(BigDecimal.valueOf(bound, 9).stripTrailingZeros());
        }
        return List.copyOf(seconds);
    }
}
