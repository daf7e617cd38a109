package org.papertrader.storage.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.AccountId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;

/**
 * Orders, cash, positions, postings, history and intervals. Written by one fenced writer only: it takes an epoch, loads,
 * and commits batches in order; every commit checks the epoch in its own transaction. Reads show committed state and
 * may come from any thread. Blocking; throws {@link StorageException} when the storage fails.
 */
@ProviderType
public interface LedgerStore {
    /** Makes the caller the only writer: every commit under an older epoch is refused from now on. */
    long takeEpoch();

    /** All that the writer needs in memory. At most one call per epoch, before its first commit. */
    LedgerState load();

    /**
     * Commits a batch as a whole, or nothing of it. It survives the end of this process at once, and the loss of power
     * only after {@link #sync}.
     */
    CommitResult commit(long epoch, LedgerBatch batch);

    /** Forces all commits so far to disk (fsync). Acknowledgements wait for this; one sync serves many commits. */
    void sync();

    /** How many syncs were made since the store started; for tests and metrics. */
    long syncs();

    /** The order of this number, of this account. */
    Optional<Order> order(AccountId account, OrderId id);

    /**
     * The account's orders that ended, by number from the highest below {@code before}. The writer has the open ones.
     *
     * @param limit 1 to 100,000; fewer are given only when there are no more
     */
    List<Order> endedOrders(AccountId account, @Nullable OrderId before, int limit);

    /**
     * The account's history after line {@code after}, oldest first.
     *
     * @param limit 1 to 100,000; fewer are given only when there are no more
     */
    List<Transaction> transactions(AccountId account, long after, int limit);

    /** The account of this name, so that a portfolio can be shown by name. */
    Optional<AccountId> account(UserName userName);

    /** Recomputes the running hash of all posting sets; see {@link LedgerCheck}. */
    LedgerCheck verify();

    /** Intervals that were cut but not settled to their end, oldest first; resumed after a crash. */
    List<IntervalRow> unsettledIntervals();
}
