package org.papertrader.assets.simulated.internal;

import java.util.Arrays;
import org.papertrader.assets.simulated.internal.Noise.Purpose;

/**
 * Daily shocks whose volatility comes in clusters: log variance is an AR(1) process, shocks are fat-tailed, and rarely
 * three times as large. Days are counted from 0; computed once, in order, whatever the order of asking. Thread-safe.
 */
final class Factor {
    private static final double PERSISTENCE = 0.985;
    private static final double VOLATILITY_OF_VOLATILITY = 0.17;
    private static final double JUMP_CHANCE = 0.012;
    private static final double JUMP_SIZE = 3;

    /** Stationary variance of log variance. */
    private static final double STATIONARY =
            VOLATILITY_OF_VOLATILITY * VOLATILITY_OF_VOLATILITY / (1 - PERSISTENCE * PERSISTENCE);

    private final Noise noise;
    private double[] logVariance = new double[0];

    Factor(Noise noise) {
        this.noise = noise;
    }

    /** Standard deviation of the day's shock; 1 on average over the squares. */
    double deviation(int day) {
        return StrictMath.exp((logVariance(day) - STATIONARY / 2) / 2);
    }

    /** The day's shock. */
    double shock(int day) {
        boolean jumps = noise.uniform(Purpose.JUMP, day, 0) < JUMP_CHANCE;
        return deviation(day) * noise.fatTailed(Purpose.SHOCK, day) * (jumps ? JUMP_SIZE : 1);
    }

    private synchronized double logVariance(int day) {
        if (day >= logVariance.length) {
            int known = logVariance.length;
            double[] grown = Arrays.copyOf(logVariance, Math.max(day + 1, known + known / 2));
            for (int i = known; i < grown.length; i++) {
                double shock = noise.normal(Purpose.VOLATILITY, i, 0);
                grown[i] = i == 0
                        ? StrictMath.sqrt(STATIONARY) * shock
                        : PERSISTENCE * grown[i - 1] + VOLATILITY_OF_VOLATILITY * shock;
            }
            logVariance = grown;
        }
        return logVariance[day];
    }
}
