package org.papertrader.trading.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.LedgerStore;

/** The storage as the committer sees it: there again after an exchange. Committer thread only, except {@link #stop}. */
final class LeasedLedger {
    private static final long PAUSE_MIN_NANOS = 1_000_000;
    private static final long PAUSE_MAX_NANOS = 100_000_000;

    private final Gate<LedgerStore> gate;
    private volatile boolean stopped;

    LeasedLedger(Gate<LedgerStore> gate) {
        this.gate = gate;
    }

    /** Waiting ends at once from now on. */
    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** Calls the storage, waiting at most so long for one; throws {@link UnavailableException} when none came. */
    <R> R call(long patienceNanos, Function<LedgerStore, R> call) {
        try (Lease<LedgerStore> lease = lease(patienceNanos)) {
            return call.apply(lease.service());
        }
    }

    /** Like {@link #call}, without a result. */
    void run(long patienceNanos, Consumer<LedgerStore> call) {
        try (Lease<LedgerStore> lease = lease(patienceNanos)) {
            call.accept(lease.service());
        }
    }

    /** Waits a while before another attempt; answers the next, longer pause. */
    long pause(long nanos) {
        long pause = Math.max(PAUSE_MIN_NANOS, nanos);
        LockSupport.parkNanos(this, pause);
        return Math.min(PAUSE_MAX_NANOS, pause * 2);
    }

    private Lease<LedgerStore> lease(long patienceNanos) {
        long start = System.nanoTime();
        long pause = PAUSE_MIN_NANOS;
        Lease<LedgerStore> lease = gate.tryLease();
        while (lease == null) {
            if (stopped || System.nanoTime() - start > patienceNanos) {
                throw new UnavailableException(gate.name());
            }
            pause = pause(pause);
            lease = gate.tryLease();
        }
        return lease;
    }
}
