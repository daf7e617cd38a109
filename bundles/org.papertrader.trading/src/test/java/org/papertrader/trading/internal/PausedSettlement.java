package org.papertrader.trading.internal;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A settlement whose first fill waits for its commit until somebody else is at work. */
final class PausedSettlement {
    private PausedSettlement() {}

    /**
     * Settles, and calls on another thread as soon as orders fill. The commit goes on once the call waits: then what it
     * told the writer is there, and what it waits for comes amid the settlement however slow this machine is.
     *
     * @param call waits with a timeout for what the writer does, and for nothing else
     */
    static void amid(MemoryLedgerStore store, Runnable settle, Runnable call) throws Exception {
        CompletableFuture<Void> filling = new CompletableFuture<>();
        CompletableFuture<Void> go = new CompletableFuture<>();
        store.faults = batch -> {
            if (MemoryLedgerStore.ends(batch) > 0) {
                filling.complete(null);
                TradingFixture.get(go);
            }
            return MemoryLedgerStore.Fault.NONE;
        };
        settle.run();
        TradingFixture.get(filling);
        FutureTask<Void> task = new FutureTask<>(call, null);
        Thread caller = new Thread(task);
        caller.start();
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING || task.isDone());
        go.complete(null);
        task.get(TradingFixture.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        store.faults = batch -> MemoryLedgerStore.Fault.NONE;
    }
}
