package org.papertrader.auth.internal;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.UnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions whose time is over and stores their last use, on the pool of the stores. */
final class SessionSweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSweeper.class);
    private static final int FLUSH_EVERY = 15;
    private static final int REMOVE_EVERY = 60;
    private static final int REMOVALS_MAX = 1_000;

    private final SessionRegistry registry;
    private final Stores stores;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private int turn;

    /** @param period time between two turns; memory is looked through at each */
    SessionSweeper(SessionRegistry registry, Stores stores, Duration period) {
        this.registry = registry;
        this.stores = stores;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "auth-sweeper");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::tick, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        int now = turn++;
        if (sweeping.compareAndSet(false, true)) {
            stores.run(() -> sweep(now)).whenComplete((done, failure) -> {
                sweeping.set(false);
                report(failure);
            });
        }
    }

    private boolean sweep(int now) {
        registry.endOver();
        if (now % REMOVE_EVERY == REMOVE_EVERY - 1) {
            // One call a turn: what is left counts as expired at any look-up and leaves the storage at the next turn.
            int removed = registry.removeExpired();
            if (removed == REMOVALS_MAX) {
                LOG.info("{} expired sessions were removed, more remain", removed);
            }
        } else if (now % FLUSH_EVERY == FLUSH_EVERY - 1) {
            registry.flush();
        }
        return true;
    }

    private static void report(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        if (cause instanceof UnavailableException || cause instanceof BusyException) {
            LOG.debug("sessions are swept later: {}", cause.getMessage());
        } else if (cause != null) {
            LOG.error("sweeping sessions failed", cause);
        }
    }

    @Override
    public void close() {
        timer.shutdown();
    }
}
