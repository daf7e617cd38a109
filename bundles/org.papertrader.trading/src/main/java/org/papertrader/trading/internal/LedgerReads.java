package org.papertrader.trading.internal;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Gate;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is committed, on a pool of its own, so that neither callers nor the writer wait for the storage. */
final class LedgerReads {
    private static final int THREADS = 4;
    private static final int WAITING_MAX = 1_000;
    private static final long STOP_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(LedgerReads.class);

    private final Gate<LedgerStore> store;
    private final ThreadPoolExecutor pool;

    LedgerReads(Gate<LedgerStore> store) {
        this.store = store;
        this.pool = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, "trading-reads");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** Reads; fails with {@link BusyException} when too many wait, {@link UnavailableException} without a storage. */
    <R> CompletableFuture<R> read(Function<LedgerStore, R> read) {
        CompletableFuture<R> result = new CompletableFuture<>();
        try {
            pool.execute(() -> answer(result, read));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(
                    pool.isShutdown() ? new UnavailableException("trading") : new BusyException("trading"));
        }
        return result;
    }

    /** Ends the pool; what still waits fails with {@link UnavailableException}. */
    void stop() {
        pool.shutdown();
        try {
            pool.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <R> void answer(CompletableFuture<R> result, Function<LedgerStore, R> read) {
        R value;
        try {
            value = store.call(read);
        } catch (StorageException e) {
            LOG.warn("Reading the ledger failed: {}", e.toString());
            result.completeExceptionally(new UnavailableException("storage"));
            return;
        } catch (RuntimeException e) {
            // Whatever else a storage throws belongs to the caller's stage, not to this thread.
            result.completeExceptionally(e);
            return;
        }
        result.complete(value);
    }
}
