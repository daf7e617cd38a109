package org.papertrader.forecast.drift.internal;

import java.util.Arrays;
import java.util.List;
import org.papertrader.model.Bar;

/**
 * The daily log returns of raw bars. Doubles serve statistics here; no price is computed with them but the final,
 * rounded one.
 *
 * @param values oldest first
 */
record LogReturns(double[] values) {
    /** How much of the weight of a squared return is left a day later. */
    static final double DECAY = 0.94;

    /** Days of the slow half of the variance: a year. */
    static final int YEAR_DAYS = 252;

    private static final double SPLIT_TOLERANCE = 0.02;
    private static final double[] SPLIT_RATIOS = {1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50};

    /** Of closes; a day whose move looks like a split, which raw bars do contain, counts as no move. */
    static LogReturns of(List<Bar> daily) {
        double[] returns = new double[Math.max(0, daily.size() - 1)];
        for (int i = 0; i < returns.length; i++) {
            double ratio = (double) daily.get(i + 1).close().mantissa()
                    / daily.get(i).close().mantissa();
            returns[i] = looksLikeSplit(ratio) ? 0 : Math.log(ratio);
        }
        return new LogReturns(returns);
    }

    private static boolean looksLikeSplit(double ratio) {
        double factor = ratio >= 1 ? ratio : 1 / ratio;
        return Arrays.stream(SPLIT_RATIOS).anyMatch(split -> Math.abs(factor / split - 1) < SPLIT_TOLERANCE);
    }

    int count() {
        return values.length;
    }

    /** Mean return of a day over all history. */
    double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /** Variance of a day: half of it exponentially weighted, half of it that of the last year. */
    double variance() {
        int first = Math.max(0, values.length - YEAR_DAYS);
        double[] year = Arrays.copyOfRange(values, first, values.length);
        double slow = Arrays.stream(year).map(r -> r * r).sum() / year.length;
        double fast = slow;
        for (double value : year) {
            fast = DECAY * fast + (1 - DECAY) * value * value;
        }
        return (slow + fast) / 2;
    }
}
