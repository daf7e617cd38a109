package org.papertrader.trading.internal;

import java.util.List;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerState;

/** What the committer tells the writer; every method returns at once. */
interface CommitEvents {
    /** There is room for another batch. */
    void room();

    /** A batch's own task, after its commit. */
    void committed(Runnable task);

    /** These orders were stored long before under their keys; their new numbers mean nothing. */
    void duplicates(List<OrderRow> orders);

    /**
     * These batches could not be stored, or nobody knows whether they were. Everything handed over later comes back
     * through {@link #orphaned} until a LOAD.
     */
    void failed(List<Batch> batches);

    /** A batch that was built on one that failed; it was not stored. */
    void orphaned(Batch batch);

    /** The storage was loaded under a new epoch; everything in it is on disk. */
    void loaded(LedgerState state, List<IntervalRow> unsettled);

    /** Another writer took over; of what is not answered, nothing was stored under this one. */
    void fenced();

    /** All work is done. */
    void finished();
}
