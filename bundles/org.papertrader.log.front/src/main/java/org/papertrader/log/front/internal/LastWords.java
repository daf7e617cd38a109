package org.papertrader.log.front.internal;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what is logged up to a crash is on disk (MST-3). An exception that nobody catches is logged, and its
 * thread ends only when that is written. A Java machine that has run out of memory or broke cannot be trusted with
 * orders any more: as soon as such an error ends a thread or is logged, the log is written and the process ends with
 * {@link #EXIT_CODE}, so that it can be started again.
 */
final class LastWords implements UncaughtExceptionHandler {

    /** As the launcher's for a program that cannot do its work. */
    static final int EXIT_CODE = 4;

    /** The longest wait for the writer. */
    static final Duration FLUSH_MAX = Duration.ofSeconds(3);

    private static final Duration FLUSH_STEP = Duration.ofMillis(200);

    private static final int CAUSES_MAX = 16;
    private static final int RESERVES = 15;
    private static final int RESERVE_BYTES = 1 << 18;

    private final Front front;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final IntConsumer exit;
    private @Nullable UncaughtExceptionHandler before;
    private volatile boolean installed;

    /**
     * Freed one by one, so that the writer has some memory for its last entries even if whoever used up the rest goes on
     * taking what it gets.
     */
    private final Queue<byte[]> reserves = new ConcurrentLinkedQueue<>();

    LastWords(Front front) {
        this(front, Runtime.getRuntime()::halt);
    }

    LastWords(Front front, IntConsumer exit) {
        this.front = front;
        this.exit = exit;
    }

    synchronized void install() {
        for (int i = 0; i < RESERVES; i++) {
            reserves.add(new byte[RESERVE_BYTES]);
        }
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler(this);
        installed = true;
    }

    synchronized void remove() {
        installed = false;
        reserves.clear();
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (isEnd(thrown)) {
            end(thread, thrown);
        } else {
            front.ring().offer(front.capture().captureUncaught(thread, thrown));
            writeNow();
        }
    }

    /** To be called after an exception was logged. */
    void logged(Throwable thrown) {
        if (isEnd(thrown)) {
            end(null, thrown);
        }
    }

    /** Takes no memory before some of the reserve is free, and exits whatever else fails. */
    private void end(@Nullable Thread thread, Throwable thrown) {
        if (!installed || !ending.compareAndSet(false, true)) {
            return;
        }
        try {
            writeLast(thread, thrown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exit.accept(EXIT_CODE);
        }
    }

    /** @param thread whose end is not logged yet, null when the error is */
    private void writeLast(@Nullable Thread thread, Throwable thrown) throws InterruptedException {
        @Nullable Thread untold = thread;
        while (reserves.poll() != null) {
            try {
                if (untold != null) {
                    front.ring().offer(front.capture().captureUncaught(untold, thrown));
                    untold = null;
                }
                if (front.ring().flush(FLUSH_STEP)) {
                    return;
                }
            } catch (OutOfMemoryError e) {
                // The next piece of the reserve may be enough.
            }
        }
        Activator.writeLeftovers(front.ring(), System.err);
    }

    private void writeNow() {
        try {
            if (!front.ring().flush(FLUSH_MAX)) {
                Activator.writeLeftovers(front.ring(), System.err);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isEnd(Throwable thrown) {
        @Nullable Throwable each = thrown;
        for (int i = 0; each != null && i < CAUSES_MAX; i++) {
            if (each instanceof VirtualMachineError && !(each instanceof StackOverflowError)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }
}
