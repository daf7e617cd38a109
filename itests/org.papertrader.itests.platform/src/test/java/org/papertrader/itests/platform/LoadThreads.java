package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that make requests until they are stopped, and count what came of them. */
final class LoadThreads implements AutoCloseable {

    /** More than one round of a patient trader usually takes. */
    private static final Duration END_MAX = Duration.ofSeconds(120);

    private final List<Thread> threads = new ArrayList<>();
    private final List<Throwable> examples = new ArrayList<>();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong worstNanos = new AtomicLong();
    private volatile boolean stopping;

    LoadThreads(int count, Load load) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> run(load), "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Waits until so many more requests have got through, which also shows that the load is still being served. */
    void awaitMore(int requests, Duration atMost) {
        long goal = succeeded.get() + requests;
        await().atMost(atMost).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertThat(succeeded.get())
                .as("requests that get through; failures: %s", examples())
                .isGreaterThanOrEqualTo(goal));
    }

    /** Ends the load; requests under way are finished and counted. */
    SwapReport stop(int swaps) {
        close();
        return new SwapReport(
                swaps, succeeded.get() + failed.get(), failed.get(), Duration.ofNanos(worstNanos.get()), examples());
    }

    private List<Throwable> examples() {
        synchronized (examples) {
            return List.copyOf(examples);
        }
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            await().alias("a request that is under way ends").atMost(END_MAX).until(() -> !thread.isAlive());
        }
    }

    private void run(Load load) {
        while (!stopping) {
            long start = System.nanoTime();
            try {
                load.request();
                succeeded.incrementAndGet();
            } catch (Exception | LinkageError | AssertionError e) {
                // Whatever goes wrong while bundles come and go is what is being counted.
                count(e);
            }
            worstNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        }
    }

    private void count(Throwable thrown) {
        failed.incrementAndGet();
        synchronized (examples) {
            if (examples.size() < SwapReport.EXAMPLES_MAX) {
                examples.add(thrown);
            }
        }
    }
}
