package org.papertrader.gate;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One bound provider with the count of its open leases; the sign bit marks that it is leaving. */
final class Slot<S> implements Lease<S> {
    static final Comparator<Slot<?>> BY_PREFERENCE = Comparator.comparing(slot -> slot.rank);

    private static final long LEAVING = Long.MIN_VALUE;

    final Rank rank;
    private final S service;
    private final AtomicLong leases = new AtomicLong();
    private volatile @Nullable Thread drainer;

    Slot(S service, Rank rank) {
        this.service = service;
        this.rank = rank;
    }

    /** Adds a lease unless the provider is leaving. */
    boolean acquire() {
        long count = leases.get();
        while (count >= 0) {
            if (leases.compareAndSet(count, count + 1)) {
                return true;
            }
            count = leases.get();
        }
        return false;
    }

    @Override
    public S service() {
        return service;
    }

    @Override
    public void close() {
        if (leases.decrementAndGet() == LEAVING) {
            LockSupport.unpark(drainer);
        }
    }

    /** Refuses new leases and waits until the open ones are closed; false when the limit passed before. */
    boolean drain(long limitNanos) {
        drainer = Thread.currentThread();
        leases.getAndUpdate(count -> count | LEAVING);
        long deadline = System.nanoTime() + limitNanos;
        boolean interrupted = false;
        while (leases.get() != LEAVING) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            LockSupport.parkNanos(this, left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return leases.get() == LEAVING;
    }
}
