package org.papertrader.auth.internal;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions come into memory many at once, but none while others end, so that none that ended comes back from a look-up
 * that began before. Thread-safe.
 */
final class Turnstile {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /** For what brings a session in; must not end any. */
    <T> @Nullable T whileNoneEnds(Supplier<@Nullable T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** For what ends sessions; all that were about to come are in before it begins. */
    <T> T whileNoneComes(Supplier<T> work) {
        lock.writeLock().lock();
        try {
            return work.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
