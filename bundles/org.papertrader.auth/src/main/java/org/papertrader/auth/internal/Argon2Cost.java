package org.papertrader.auth.internal;

/**
 * What one Argon2id hash costs.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes over it
 * @param parallelism lanes
 */
record Argon2Cost(int memoryKib, int iterations, int parallelism) {
    static final int MEMORY_KIB_MAX = 1 << 20;
    static final int ITERATIONS_MAX = 20;
    static final int PARALLELISM_MAX = 16;

    Argon2Cost {
        if (parallelism < 1
                || parallelism > PARALLELISM_MAX
                || memoryKib < 8 * parallelism
                || memoryKib > MEMORY_KIB_MAX
                || iterations < 1
                || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException(
                    "Argon2id cost out of range: m=" + memoryKib + ",t=" + iterations + ",p=" + parallelism);
        }
    }

    /** True when any part of the wanted cost is higher than this one. */
    boolean isBelow(Argon2Cost wanted) {
        return memoryKib < wanted.memoryKib || iterations < wanted.iterations || parallelism < wanted.parallelism;
    }
}
