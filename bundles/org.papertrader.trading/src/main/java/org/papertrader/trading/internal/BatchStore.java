package org.papertrader.trading.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.papertrader.gate.UnavailableException;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.PostingHash;

/**
 * Writes batches under this writer's epoch, numbers and seals their postings, and parts duplicates from innocents.
 * Committer thread only, except {@link #abandon}, {@link #isAbandoned} and {@link #committedOrderId}.
 */
final class BatchStore {
    private final Object attemptLock = new Object();
    private final LeasedLedger ledger;
    private final LongSupplier patienceNanos;
    private final CommitEvents events;
    private final Consumer<Command.Submit> duplicate;
    private volatile long committedOrderId;
    private boolean abandoned;
    private long epoch;
    private long lastSetId;
    private byte[] lastHash = PostingHash.start();

    /** @param duplicate finds the first answer of a command whose order was stored long before */
    BatchStore(
            LeasedLedger ledger, LongSupplier patienceNanos, CommitEvents events, Consumer<Command.Submit> duplicate) {
        this.ledger = ledger;
        this.patienceNanos = patienceNanos;
        this.events = events;
        this.duplicate = duplicate;
    }

    /** Orders up to this number are committed. */
    long committedOrderId() {
        return committedOrderId;
    }

    /** From now on nothing more is written; what was not attempted until now never will be. */
    void abandon() {
        synchronized (attemptLock) {
            abandoned = true;
        }
    }

    /** Whether nothing more is written. */
    boolean isAbandoned() {
        synchronized (attemptLock) {
            return abandoned;
        }
    }

    /** Becomes the only writer and tells what is stored; all of that is on disk then. */
    void load() {
        epoch = ledger.call(Long.MAX_VALUE, LedgerStore::takeEpoch);
        LedgerState state = ledger.call(Long.MAX_VALUE, LedgerStore::load);
        List<LedgerBatch.IntervalRow> unsettled = ledger.call(Long.MAX_VALUE, LedgerStore::unsettledIntervals);
        // What an earlier epoch committed without its sync is about to be answered and built upon.
        ledger.run(Long.MAX_VALUE, LedgerStore::sync);
        lastSetId = state.lastPostingSetId();
        lastHash = state.lastHash();
        committedOrderId = state.lastOrderId();
        events.loaded(state, unsettled);
    }

    /** Whether no other writer has taken over since it was loaded. */
    boolean isOurs() {
        return epoch == 0
                || !(ledger.call(patienceNanos.getAsLong(), store -> store.commit(epoch, Batch.ordersOnly(List.of())))
                        instanceof CommitResult.Fenced);
    }

    /** Forces all commits to disk. */
    void sync() {
        ledger.run(patienceNanos.getAsLong(), LedgerStore::sync);
    }

    /**
     * Commits a batch; false when another writer has taken over.
     *
     * @throws RuntimeException when the outcome is unknown; {@link UnavailableException} when nothing was written
     */
    boolean commit(Batch batch) {
        if (batch.hasNothingToStore()) {
            return true;
        }
        List<PostingSet> sets = sealed(batch);
        CommitResult result = write(batch, batch.rows(batch.newOrders, sets));
        if (result instanceof CommitResult.Fenced) {
            batch.answers.forEach(answer -> answer.command().decideAgain());
        } else if (result instanceof CommitResult.DuplicateOrder) {
            result = split(batch, sets);
        }
        if (result instanceof CommitResult.Fenced) {
            return false;
        }
        committed(batch, sets);
        return true;
    }

    private void committed(Batch batch, List<PostingSet> sets) {
        if (!sets.isEmpty()) {
            PostingSet last = sets.get(sets.size() - 1);
            lastSetId = last.id();
            lastHash = last.hash();
        }
        List<OrderRow> orders = batch.newOrders;
        if (!orders.isEmpty()) {
            committedOrderId = orders.get(orders.size() - 1).order().id().value();
        }
        Runnable task = batch.afterCommit();
        if (task != null) {
            events.committed(task);
        }
    }

    private List<PostingSet> sealed(Batch batch) {
        List<PostingSet> sets = new ArrayList<>(batch.postings.size());
        long id = lastSetId;
        byte[] hash = lastHash;
        for (Batch.Postings set : batch.postings) {
            PostingSet sealed = PostingHash.seal(hash, ++id, set.orderId(), set.at(), set.postings());
            hash = sealed.hash();
            sets.add(sealed);
        }
        return sets;
    }

    private CommitResult write(Batch batch, LedgerBatch rows) {
        return ledger.call(patienceNanos.getAsLong(), store -> {
            synchronized (attemptLock) {
                if (abandoned) {
                    throw new UnavailableException("trading");
                }
                batch.answers.forEach(answer -> answer.command().attempt());
            }
            return store.commit(epoch, rows);
        });
    }

    /** Stores the rest of the batch, then its orders by halves until the duplicates stand alone. */
    private CommitResult split(Batch batch, List<PostingSet> sets) {
        CommitResult result = write(batch, batch.rows(List.of(), sets));
        List<OrderRow> duplicates = new ArrayList<>();
        if (result instanceof CommitResult.Committed) {
            result = halve(batch, batch.newOrders, duplicates);
        }
        if (!duplicates.isEmpty()) {
            events.duplicates(List.copyOf(duplicates));
            batch.takeOut(duplicates).forEach(duplicate);
        }
        return result;
    }

    private CommitResult halve(Batch batch, List<OrderRow> orders, List<OrderRow> duplicates) {
        CommitResult result = write(batch, Batch.ordersOnly(orders));
        if (!(result instanceof CommitResult.DuplicateOrder)) {
            return result;
        }
        if (orders.size() == 1) {
            duplicates.add(orders.get(0));
            return new CommitResult.Committed();
        }
        int middle = orders.size() / 2;
        CommitResult left = halve(batch, orders.subList(0, middle), duplicates);
        return left instanceof CommitResult.Committed
                ? halve(batch, orders.subList(middle, orders.size()), duplicates)
                : left;
    }
}
