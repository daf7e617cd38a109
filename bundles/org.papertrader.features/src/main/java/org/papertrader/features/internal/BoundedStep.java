package org.papertrader.features.internal;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleException;

/** Lets a bundle's own code run on a thread that can be given up: one that hangs must not keep a change from being undone. */
final class BoundedStep {
    private static final long INTERRUPTED_MAX_MS = 2_000;

    private final long limitMs;

    /** {@code limitMs} is what a step may take. */
    BoundedStep(long limitMs) {
        this.limitMs = limitMs;
    }

    /**
     * Runs a step, such as the start of a bundle, and waits for its end.
     *
     * @param what a sentence's beginning that names it
     * @throws BundleException of the step, or because it took too long and was interrupted
     */
    <T> T run(String what, Callable<T> step) throws BundleException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(step);
        Thread thread = new Thread(task, "papertrader-features-step");
        thread.setDaemon(true);
        // As on the thread of the change, see FeaturesActivator.
        thread.setContextClassLoader(null);
        thread.start();
        try {
            return task.get(limitMs, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            thread.join(INTERRUPTED_MAX_MS);
            throw new BundleException(what + " does not come to its end within " + limitMs + " ms"
                    + (thread.isAlive() ? ", it hangs" : ""));
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BundleException failure) {
                throw failure;
            }
            throw new BundleException(what + " fails with " + e.getCause(), e.getCause());
        }
    }
}
