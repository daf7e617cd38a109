package org.papertrader.assets.simulated.internal;

/**
 * Random numbers by position: each is a function of seed, stream, purpose and two indexes, so that any of them can be
 * had in any order. SplitMix64 and {@link StrictMath}: the same bits on every machine. Doubles make the model's
 * statistics here; prices are rounded from them once.
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private final long base;

    /** @param stream tells assets and factors of one seed apart */
    Noise(long seed, String stream) {
        long hash = mixed(seed + GOLDEN);
        for (int i = 0; i < stream.length(); i++) {
            hash = chained(hash, stream.charAt(i));
        }
        this.base = hash;
    }

    /** What a number is used for; two uses of one position are independent. */
    enum Purpose {
        VOLATILITY(1),
        SHOCK(2),
        JUMP(3),
        OVERNIGHT(4),
        PATH(5),
        HIGH(6),
        LOW(7),
        VOLUME(8),
        CHARACTER(9);

        private final long number;

        Purpose(long number) {
            this.number = number;
        }
    }

    /** Uniform between 0 and 1, neither of them. */
    double uniform(Purpose purpose, int first, int second) {
        long hash = chained(chained(chained(base, purpose.number), first), second);
        return ((hash >>> 11) + 0.5) * UNIT;
    }

    /** Standard normal. */
    double normal(Purpose purpose, int first, int second) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(purpose, first, 2 * second)));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform(purpose, first, 2 * second + 1));
    }

    /** Student's t with 6 degrees of freedom, scaled to variance 1: fatter tails than normal. */
    double fatTailed(Purpose purpose, int first) {
        double product = uniform(purpose, first, 2) * uniform(purpose, first, 3) * uniform(purpose, first, 4);
        double chiSquared = -2 * StrictMath.log(product);
        return normal(purpose, first, 0) / StrictMath.sqrt(chiSquared / 6) / StrictMath.sqrt(1.5);
    }

    /** Chained step by step: combining the inputs first would let two of them cancel out. */
    private static long chained(long hash, long value) {
        return mixed(hash ^ mixed(value + GOLDEN));
    }

    private static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
