package org.papertrader.workermanagement.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock that stands while the machine lets nobody run: whatever is late for that reason is not slow. Where nothing
 * stalls it goes like any other. Thread-safe.
 */
final class AwakeClock implements AutoCloseable {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** A look at the time that comes later than this is late because of the machine. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    private long last = System.nanoTime();
    private long stalled;
    private volatile boolean over;

    AwakeClock() {
        Thread thread = new Thread(this::look, "awake-clock");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        while (!over) {
            nanos();
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** As {@link System#nanoTime}, less what was stalled since this clock began. */
    synchronized long nanos() {
        long now = System.nanoTime();
        stalled += Math.max(0, now - last - LATE_NANOS);
        last = now;
        return now - stalled;
    }

    @Override
    public void close() {
        over = true;
    }
}
