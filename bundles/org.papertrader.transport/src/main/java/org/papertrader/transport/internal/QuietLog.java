package org.papertrader.transport.internal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Writes what peers can provoke at will: one line an interval, with the number of those left out. Thread-safe. */
final class QuietLog {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private final Logger log;
    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong suppressed = new AtomicLong();

    QuietLog(Logger log) {
        this.log = log;
    }

    void warn(String what, Object about, @Nullable Throwable failure) {
        if (isDue()) {
            log.warn("{}: {} ({} alike left out)", what, about, suppressed.getAndSet(0), failure);
        }
    }

    /** For what nobody needs to do anything about. */
    void info(String what, Object about) {
        if (isDue()) {
            log.info("{}: {} ({} alike left out)", what, about, suppressed.getAndSet(0));
        }
    }

    private boolean isDue() {
        long now = System.nanoTime();
        long due = next.get();
        boolean isDue = now - due >= 0 && next.compareAndSet(due, now + INTERVAL_NANOS);
        if (!isDue) {
            suppressed.incrementAndGet();
        }
        return isDue;
    }
}
