package org.papertrader.marketdata.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.papertrader.gate.UnavailableException;

/**
 * Keeps the stored series of one data set apart from those of the next: while the old ones are being dropped, which takes
 * many transactions, nobody adds any, and what was read of them is not answered. Thread-safe; ended and begun by the
 * interval thread only.
 */
final class DataEra {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Odd while series are being dropped. */
    private final AtomicLong number = new AtomicLong();

    /** Names the data at this moment; for {@link #require} later. */
    long current() {
        return number.get();
    }

    /** Throws {@link UnavailableException} unless the data is whole, and has been since that era was asked for. */
    void require(long era) {
        if (era != number.get() || isDropping(era)) {
            throw new UnavailableException("history, which is being exchanged,");
        }
    }

    /** Adds to the data of that era, or throws like {@link #require}. */
    void add(long era, Runnable write) {
        lock.readLock().lock();
        try {
            require(era);
            write.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What the era before left is being dropped, until {@link #begin}. Waits for what is being added. */
    void end() {
        step(false);
    }

    /** The era that {@link #end} ended was dropped: a new one begins. */
    void begin() {
        step(true);
    }

    private void step(boolean whenDropping) {
        if (isDropping(number.get()) != whenDropping) {
            return;
        }
        lock.writeLock().lock();
        try {
            number.incrementAndGet();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private static boolean isDropping(long era) {
        return era % 2 == 1;
    }
}
