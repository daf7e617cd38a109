package org.papertrader.auth.internal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing at one account: five failures are free, then the next try must wait 1 s, doubling to 15 minutes;
 * never for ever, and a success forgets all. Names that nobody has are treated the same. Time is monotonic.
 */
final class LoginThrottle {
    static final int FREE_FAILURES = 5;
    static final Duration WAIT_MAX = Duration.ofMinutes(15);
    /** Names remembered; the one not tried for longest is forgotten first. */
    static final int NAMES_MAX = 100_000;
    /** Tries at one name under way at once while failures are free, so that nobody guesses in parallel. */
    static final int UNDER_WAY_MAX = 8;

    private static final long SECOND = 1_000_000_000L;
    private static final int SHIFT_MAX = 10;

    private final LongSupplier nanoTime;
    private final Map<String, Tries> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            return size() > NAMES_MAX;
        }
    };

    LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static final class Tries {
        int failures;
        int underWay;
        long notBefore;
    }

    /**
     * Begins a try; exactly one of {@link #succeeded}, {@link #failed}, {@link #undecided} must follow when it may go
     * on.
     *
     * @return zero when it may go on, else how long to wait
     */
    synchronized Duration begin(String name) {
        Tries tries = names.computeIfAbsent(name, key -> new Tries());
        boolean free = tries.failures <= FREE_FAILURES;
        long wait = free ? 0 : tries.notBefore - nanoTime.getAsLong();
        if (wait <= 0 && tries.underWay >= (free ? UNDER_WAY_MAX : 1)) {
            wait = SECOND;
        }
        if (wait > 0) {
            return Duration.ofSeconds((wait + SECOND - 1) / SECOND);
        }
        tries.underWay++;
        return Duration.ZERO;
    }

    /** The secret was right. */
    synchronized void succeeded(String name) {
        names.remove(name);
    }

    /** The secret was wrong, or the name is nobody's. */
    synchronized void failed(String name) {
        Tries tries = names.computeIfAbsent(name, key -> new Tries());
        tries.underWay = Math.max(0, tries.underWay - 1);
        tries.failures++;
        if (tries.failures > FREE_FAILURES) {
            long seconds = 1L << Math.min(SHIFT_MAX, tries.failures - FREE_FAILURES - 1);
            tries.notBefore = nanoTime.getAsLong() + Math.min(seconds, WAIT_MAX.toSeconds()) * SECOND;
        }
    }

    /** The try came to no answer. */
    synchronized void undecided(String name) {
        Tries tries = names.get(name);
        if (tries != null) {
            tries.underWay = Math.max(0, tries.underWay - 1);
        }
    }

    /** How many names are remembered. */
    synchronized int size() {
        return names.size();
    }
}
