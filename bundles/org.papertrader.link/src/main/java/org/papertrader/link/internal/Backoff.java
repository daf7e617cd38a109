package org.papertrader.link.internal;

import java.util.concurrent.ThreadLocalRandom;

/** Growing, jittered delays between attempts to connect. One thread at a time. */
final class Backoff {
    static final long FIRST_MILLIS = 100;
    static final long MAX_MILLIS = 5_000;

    private long next = FIRST_MILLIS;

    /** The delay before the next attempt, in milliseconds: half to all of a value that doubles up to the limit. */
    synchronized long next() {
        long delay = ThreadLocalRandom.current().nextLong(next / 2, next + 1);
        next = Math.min(MAX_MILLIS, next * 2);
        return delay;
    }

    /** An attempt was a success. */
    synchronized void reset() {
        next = FIRST_MILLIS;
    }
}
