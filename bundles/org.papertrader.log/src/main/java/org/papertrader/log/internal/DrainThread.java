package org.papertrader.log.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogRing;

/**
 * Moves entries from the ring to the file, on a thread of its own. When the file cannot be written it says so once on
 * standard error, keeps the entries in the ring and tries again.
 */
final class DrainThread {

    /** An entry is in the file at the latest this long after it was logged. */
    static final Duration FLUSH_MAX = Duration.ofSeconds(1);

    /** How long a stop waits for the last write. */
    static final Duration STOP_MAX = Duration.ofSeconds(3);

    private static final Duration TURN_POLL = Duration.ofMillis(100);

    private final LogRing ring;
    private final RotatingFile file;
    private final int stderrThreshold;
    private final PrintStream stderr;
    private final Thread thread = new Thread(this::run, "papertrader-log");
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable LogDrain drain;
    private boolean failing;

    /**
     * Does not start yet.
     *
     * @param ring where entries come from
     * @param file where they go
     * @param stderrThreshold entries of at least this {@link org.slf4j.event.Level#toInt()} also go to stderr
     * @param stderr standard error
     */
    DrainThread(LogRing ring, RotatingFile file, int stderrThreshold, PrintStream stderr) {
        this.ring = ring;
        this.file = file;
        this.stderrThreshold = stderrThreshold;
        this.stderr = stderr;
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

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void run() {
        try {
            Optional<LogDrain> mine = waitForTurn();
            if (mine.isPresent()) {
                try (LogDrain open = mine.get();
                        RotatingFile closing = file) {
                    drain = open;
                    drainUntilStopped(open, closing);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            stderr.println("The log file could not be closed: " + e);
        }
    }

    private Optional<LogDrain> waitForTurn() throws InterruptedException {
        Optional<LogDrain> mine = ring.open(Duration.ZERO);
        while (mine.isEmpty() && !isStopping()) {
            mine = ring.open(TURN_POLL);
        }
        return mine;
    }

    private void drainUntilStopped(LogDrain open, RotatingFile target) throws InterruptedException {
        while (!isStopping()) {
            open.await(FLUSH_MAX.dividedBy(4));
            if (!drainOnce(open, target)) {
                // A full disk is not written to in a busy loop.
                stopping.await(FLUSH_MAX.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        drainOnce(open, target);
    }

    private boolean drainOnce(LogDrain open, RotatingFile target) {
        try {
            open.drain(entries -> write(entries, target));
            failing = false;
            return true;
        } catch (IOException | RuntimeException e) {
            // Whatever went wrong with one batch, the log goes on: the entries are back in the ring.
            if (!failing) {
                stderr.println("The log file cannot be written, entries are kept in memory: " + e);
            }
            failing = true;
            return false;
        }
    }

    private void write(List<CapturedEntry> entries, RotatingFile target) throws IOException {
        List<String> texts = new ArrayList<>(entries.size());
        for (CapturedEntry entry : entries) {
            texts.add(LineFormat.format(entry));
        }
        try {
            target.write(texts);
        } catch (IOException e) {
            closeAfter(e, target);
            throw e;
        }
        for (int i = 0; i < texts.size(); i++) {
            if (entries.get(i).level().toInt() >= stderrThreshold) {
                stderr.print(texts.get(i));
            }
        }
        stderr.flush();
    }

    /** The next try opens the file anew: its folder may have been replaced. */
    private static void closeAfter(IOException cause, RotatingFile target) {
        try {
            target.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
