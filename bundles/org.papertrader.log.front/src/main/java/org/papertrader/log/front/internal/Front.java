package org.papertrader.log.front.internal;

import java.time.Clock;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.LogLevels;
import org.slf4j.event.Level;

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
    private final LastWords lastWords = new LastWords(this);
    private volatile Levels levels = Levels.DEFAULT;
    private volatile Runnable onLevels = () -> {};

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

    LastWords lastWords() {
        return lastWords;
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

    /** The levels at any time. */
    LogLevels levelsInEffect() {
        return new LogLevels() {
            @Override
            public String standard() {
                return levels.standard();
            }

            @Override
            public SortedMap<String, String> rules() {
                return levels.rules();
            }

            @Override
            public String of(String logger) {
                return levels.of(logger);
            }
        };
    }

    void levels(Levels now) {
        levels = now;
        onLevels.run();
    }

    /** Runs now and after each change of the levels. */
    void onLevels(Runnable action) {
        onLevels = action;
        action.run();
    }

    /** Takes an entry of the calling thread; an exhausted Java machine ends once that is on disk. */
    void log(Level level, String logger, @Nullable String message, @Nullable Throwable thrown) {
        log(level, null, logger, message, thrown);
    }

    /** The same of a bundle that is known; {@code null} for that of the caller's class. */
    void log(
            Level level, @Nullable String bundle, String logger, @Nullable String message, @Nullable Throwable thrown) {
        try {
            ring.offer(capture.capture(level, bundle, logger, message, thrown));
        } catch (OutOfMemoryError e) {
            lastWords.logged(e);
            throw e;
        }
        if (thrown != null) {
            lastWords.logged(thrown);
        }
    }
}
