package org.papertrader.features.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does one change at a time, on a thread of its own: whoever asked may leave, or be stopped with its bundle, and the change
 * still comes to its end.
 */
final class Work {
    private static final long STOP_LIMIT_MS = 5_000;
    private static final int LINES_MAX = 10_000;
    private static final long START_LIMIT_MS = 60_000;

    private final AtomicReference<@Nullable Thread> busy = new AtomicReference<>();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Consumer<String> done;
    private final Consumer<String> failed;

    /** {@code done} and {@code failed} hear, on the thread of the change, what came of each. */
    Work(Consumer<String> done, Consumer<String> failed) {
        this.done = done;
        this.failed = failed;
    }

    /** A change that tells how far it is. */
    @FunctionalInterface
    interface Change {
        String run(Consumer<String> progress) throws FeatureException, InterruptedException;
    }

    /** What the program starts with runs, and what an interrupted change left is cleared away: changes may begin. */
    void open() {
        opened.countDown();
    }

    /**
     * Returns once changes may begin.
     *
     * @param out hears when that takes a while
     */
    void awaitOpen(Consumer<String> out) throws FeatureException, InterruptedException {
        if (opened.getCount() > 0) {
            out.accept("waiting for the program's own features to start");
        }
        if (!opened.await(START_LIMIT_MS, TimeUnit.MILLISECONDS)) {
            throw new FeatureException("the program's own features have not come up: the log says why; try again then");
        }
    }

    /**
     * Runs a change, and waits for its end; begins when changes may.
     *
     * @param out hears, on this thread, how far it is
     * @throws FeatureException saying why it failed, or that another one is under way
     */
    String run(Change change, Consumer<String> out) throws FeatureException, InterruptedException {
        awaitOpen(out);
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>(LINES_MAX);
        FutureTask<String> task = new FutureTask<>(running(change, lines::offer));
        Thread thread = new Thread(task, "papertrader-features-change");
        // Bundles are started on it, see FeaturesActivator.
        thread.setContextClassLoader(null);
        if (!busy.compareAndSet(null, thread)) {
            throw new FeatureException("another change of features is under way: try again when it is done");
        }
        thread.start();
        while (!task.isDone() || !lines.isEmpty()) {
            String line = lines.poll(50, TimeUnit.MILLISECONDS);
            if (line != null) {
                out.accept(line);
            }
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof FeatureException reason
                    ? reason
                    : new FeatureException(String.valueOf(e.getCause()), e);
        }
    }

    /** Interrupts what is under way; the next start finds it in the journal. */
    void stop() throws InterruptedException {
        Thread thread = busy.get();
        if (thread != null) {
            thread.interrupt();
            thread.join(STOP_LIMIT_MS);
        }
    }

    private Callable<String> running(Change change, Consumer<String> progress) {
        return () -> {
            try {
                String outcome = change.run(progress);
                done.accept(outcome);
                return outcome;
            } catch (FeatureException e) {
                failed.accept(e.line());
                throw e;
            } finally {
                busy.set(null);
            }
        };
    }
}
