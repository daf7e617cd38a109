package org.papertrader.auth.internal;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.UnavailableException;

/**
 * Threads for work that blocks or burns time, with a bounded queue. Every stage that it gave completes: with the work's
 * end, with {@link BusyException} when the queue is full, with {@link UnavailableException} once it is closed.
 */
final class WorkPool implements AutoCloseable {
    private static final long IDLE_SECONDS = 30;

    private final String name;
    private final ThreadPoolExecutor executor;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> outstanding = new ConcurrentHashMap<>();

    WorkPool(String name, int threads, int queueMax) {
        this.name = name;
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueMax), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
    }

    <T> CompletableFuture<T> run(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Long key = numbers.incrementAndGet();
        outstanding.put(key, result);
        result.whenComplete((value, failure) -> outstanding.remove(key));
        try {
            executor.execute(() -> complete(result, work));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    executor.isShutdown() ? new UnavailableException(name) : new BusyException(name));
        }
        return result;
    }

    /** For whoever counts. */
    ThreadPoolExecutor pool() {
        return executor;
    }

    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (Throwable e) {
            // The edge of a thread: whatever it was, the caller must hear of it rather than wait for ever.
            result.completeExceptionally(e);
        }
    }

    /** Lets running work end by itself (an interrupt would close an embedded database's files) and fails the rest. */
    @Override
    public void close() {
        executor.shutdown();
        executor.getQueue().clear();
        outstanding.values().forEach(result -> result.completeExceptionally(new UnavailableException(name)));
    }
}
