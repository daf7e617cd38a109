package org.papertrader.auth.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Slows down guessing at one account: five failures are free, then the next try must wait 1 s, doubling to 15 minutes;
 * never for ever, and a success forgets all. As many tries may be under way at once as failures are free, so that
 * nobody guesses in parallel; further ones wait for those. Names that nobody has are treated the same. Time is
 * monotonic; listeners run outside of all locks.
 */
final class LoginThrottle {
    static final int FREE_FAILURES = 5;
    static final Duration WAIT_MAX = Duration.ofMinutes(15);
    /** Names remembered; the one not tried for longest is forgotten first. */
    static final int NAMES_MAX = 100_000;
    /** Tries at one name that wait for those under way; one more is told that the server is busy. */
    static final int WAITING_MAX = 64;

    private static final long SECOND = 1_000_000_000L;
    private static final int SHIFT_MAX = 10;

    private final LongSupplier nanoTime;
    private final Map<String, Tries> names = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tries> eldest) {
            // Never one with tries under way: of these there are no more than hashes may wait.
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
        List<Runnable> waiting = new ArrayList<>();
    }

    /** What is to become of a try. */
    sealed interface Verdict {
        /** It goes on; exactly one of {@link #succeeded}, {@link #failed}, {@link #undecided} must follow. */
        record Go() implements Verdict {}

        /** Too many failed: not before this time has passed. */
        record Later(Duration delay) implements Verdict {}

        /** Its listener is called when it may be begun again. */
        record Queued() implements Verdict {}

        /** Too many wait already. */
        record Busy() implements Verdict {}
    }

    /**
     * Begins a try.
     *
     * @param again called once when the verdict is {@link Verdict.Queued}, to begin again
     */
    synchronized Verdict begin(String name, Runnable again) {
        Tries tries = names.computeIfAbsent(name, key -> new Tries());
        long wait = tries.failures <= FREE_FAILURES ? 0 : tries.notBefore - nanoTime.getAsLong();
        if (wait > 0) {
            return new Verdict.Later(Duration.ofSeconds((wait + SECOND - 1) / SECOND));
        } else if (tries.underWay < Math.max(1, FREE_FAILURES + 1 - tries.failures)) {
            tries.underWay++;
            return new Verdict.Go();
        } else if (tries.waiting.size() < WAITING_MAX) {
            tries.waiting.add(again);
            return new Verdict.Queued();
        }
        return new Verdict.Busy();
    }

    /** The secret was right. */
    void succeeded(String name) {
        end(name, tries -> {
            tries.failures = 0;
            if (tries.underWay == 0) {
                names.remove(name);
            }
        });
    }

    /** The secret was wrong, or the name is nobody's. */
    void failed(String name) {
        end(name, tries -> {
            tries.failures++;
            if (tries.failures > FREE_FAILURES) {
                long seconds = 1L << Math.min(SHIFT_MAX, tries.failures - FREE_FAILURES - 1);
                tries.notBefore = nanoTime.getAsLong() + Math.min(seconds, WAIT_MAX.toSeconds()) * SECOND;
            }
        });
    }

    /** The try came to no answer. */
    void undecided(String name) {
        end(name, tries -> {});
    }

    private void end(String name, Consumer<Tries> change) {
        List<Runnable> next;
        synchronized (this) {
            Tries tries = names.computeIfAbsent(name, key -> new Tries());
            tries.underWay = Math.max(0, tries.underWay - 1);
            next = tries.waiting;
            tries.waiting = new ArrayList<>();
            change.accept(tries);
        }
        // All of them: who cannot go on yet waits again, or hears how long to wait.
        next.forEach(Runnable::run);
    }

    /** How many names are remembered. */
    synchronized int size() {
        return names.size();
    }
}
