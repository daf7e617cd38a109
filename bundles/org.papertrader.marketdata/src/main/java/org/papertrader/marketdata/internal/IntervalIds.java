package org.papertrader.marketdata.internal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Numbers of intervals, strictly growing over restarts: they are taken from stored blocks, of which the rest is lost
 * when the program dies. Used by the interval thread.
 */
final class IntervalIds {
    static final String STATE_KEY = "interval";

    private static final int BLOCK = 1_000;

    private final StoreAccess store;
    private long last;
    private long reserved;

    IntervalIds(StoreAccess store) {
        this.store = store;
    }

    void restore(Optional<String> stored) {
        reserved = stored.map(Long::parseLong).orElse(0L);
        last = reserved;
    }

    /** The next number; empty when the block is used up and no new one can be stored. */
    OptionalLong next() {
        if (last == reserved) {
            long end = reserved + BLOCK;
            if (!write(end)) {
                return OptionalLong.empty();
            }
            reserved = end;
        }
        return OptionalLong.of(++last);
    }

    /** The number given last, 0 before the first. */
    long last() {
        return last;
    }

    /** Gives the unused rest of the block back. */
    void release() {
        if (reserved != last && write(last)) {
            reserved = last;
        }
    }

    private boolean write(long value) {
        return store.tryWrite(market -> market.putState(STATE_KEY, Long.toString(value)));
    }
}
