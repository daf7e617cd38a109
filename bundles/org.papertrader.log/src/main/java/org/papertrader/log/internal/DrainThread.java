package org.papertrader.log.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogRing;

/** Moves entries from the ring to the file, on a thread of its own; nothing that fails ends it. */
final class DrainThread {

    /** An entry is in the file at the latest this long after it was logged; warnings and errors at once. */
    static final Duration FLUSH_MAX = Duration.ofMillis(200);

    /** How long a stop waits for the last write. */
    static final Duration STOP_MAX = Duration.ofSeconds(3);

    /** A full disk is not written to in a busy loop. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration TURN_POLL = Duration.ofMillis(100);

    private final LogRing ring;
    private final LogWriter writer;
    private final Thread thread = new Thread(this::run, "papertrader-log");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable LogDrain drain;

    /**
     * Does not start yet.
     *
     * @param ring where entries come from
     * @param writer where they go; used and closed by this thread alone
     */
    DrainThread(LogRing ring, LogWriter writer) {
        this.ring = ring;
        this.writer = writer;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Writes what the ring holds, unless a predecessor still does that, and ends; safe to call twice. */
    void stop() {
        stopping.countDown();
        LogDrain open = drain;
        if (open != null) {
            open.wake();
        }
        try {
            thread.join(STOP_MAX.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it writes, or waits until its predecessor has ended. Any thread. */
    boolean isAlive() {
        return thread.isAlive();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        try {
            Optional<LogDrain> mine = waitForTurn();
            if (mine.isPresent()) {
                try (LogDrain open = mine.get()) {
                    drain = open;
                    drainUntilStopped(open);
                } finally {
                    writer.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<LogDrain> waitForTurn() throws InterruptedException {
        Optional<LogDrain> mine = ring.open(Duration.ZERO);
        while (mine.isEmpty() && !isStopping()) {
            mine = ring.open(TURN_POLL);
        }
        return mine;
    }

    private void drainUntilStopped(LogDrain open) throws InterruptedException {
        while (!isStopping()) {
            try {
                open.await(FLUSH_MAX.dividedBy(2));
                drainOnce(open, false);
                if (writer.isFailing()) {
                    stopping.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (OutOfMemoryError e) {
                // Not even enough to say so: what is left is written as soon as there is some memory again.
                Thread.onSpinWait();
            }
        }
        drainOnce(open, true);
    }

    private void drainOnce(LogDrain open, boolean last) {
        try {
            open.drain(writer);
            writer.writeOwn(last);
        } catch (RuntimeException | Error e) {
            // Whatever went wrong with one batch, an Error of a plugin's exception as well, the log goes on: the
            // entries are
            // back in the ring, and a thread that ended would take the log of the whole program with it.
            writer.failed(e);
        }
    }
}
