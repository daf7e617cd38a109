package org.papertrader.cache.api;

import java.util.Arrays;

/** Codec version, instruction and raw arguments of a request. Immutable, though it shares the given array. */
public final class CacheKey {
    private final int version;
    private final int instruction;
    private final byte[] arguments;
    private final int hash;

    /** @param arguments the raw argument bytes, not to be changed afterwards */
    public CacheKey(int version, int instruction, byte[] arguments) {
        this.version = version;
        this.instruction = instruction;
        this.arguments = arguments;
        this.hash = 31 * (31 * Arrays.hashCode(arguments) + instruction) + version;
    }

    /** Bytes that the key holds in memory, roughly. */
    public int weight() {
        return 48 + arguments.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CacheKey that
                && hash == that.hash
                && instruction == that.instruction
                && version == that.version
                && Arrays.equals(arguments, that.arguments);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
