package org.papertrader.storage.jdbc;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many callers share one flush to disk. Each caller waits for a flush that began after its call; at most one runs
 * at a time, made by one of the callers. When it fails, that caller gets the failure and the next one tries again.
 */
final class GroupSync {
    private final Runnable flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long begun;
    private long done;
    private long flushes;
    private boolean running;

    GroupSync(Runnable flush) {
        this.flush = flush;
    }

    /** Returns when a flush that began after this call has ended well. */
    void sync() {
        lock.lock();
        try {
            long needed = begun + 1;
            while (done < needed) {
                if (running) {
                    changed.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many flushes ended well. */
    long count() {
        lock.lock();
        try {
            return flushes;
        } finally {
            lock.unlock();
        }
    }

    private void lead() {
        running = true;
        long mine = begun + 1;
        begun = mine;
        lock.unlock();
        boolean ended = false;
        try {
            flush.run();
            ended = true;
        } finally {
            lock.lock();
            running = false;
            if (ended) {
                done = mine;
                flushes++;
            }
            changed.signalAll();
        }
    }
}
