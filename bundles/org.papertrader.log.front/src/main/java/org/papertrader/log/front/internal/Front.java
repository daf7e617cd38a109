package org.papertrader.log.front.internal;

import java.time.Clock;

/**
 * The ring and the levels that every logger of this class loader shares. Static, because SLF4J creates the provider
 * itself, possibly before this bundle is started; this bundle is never updated in place.
 */
public final class Front {

    static final int ENTRIES_MAX_DEFAULT = 8_192;

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Front SHARED = new Front(new BoundedRing(ENTRIES_MAX_DEFAULT, CLOCK), CLOCK);

    private final BoundedRing ring;
    private final Capture capture;
    private volatile Levels levels = Levels.DEFAULT;

    Front(BoundedRing ring, Clock clock) {
        this.ring = ring;
        this.capture = new Capture(clock);
    }

    /** The one that this class loader shares. */
    public static Front shared() {
        return SHARED;
    }

    /** A logger that writes into the ring. */
    public RingLogger logger(String name) {
        return new RingLogger(name, this);
    }

    BoundedRing ring() {
        return ring;
    }

    Capture capture() {
        return capture;
    }

    Levels levels() {
        return levels;
    }

    void levels(Levels now) {
        levels = now;
    }
}
