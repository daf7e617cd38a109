package org.papertrader.trading.internal;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Order;
import org.papertrader.model.Refusal;
import org.papertrader.storage.api.LedgerBatch.HoldRow;

/**
 * The queue as its writer sees it.
 *
 * @param phase LOADING, RUNNING or ENDED
 * @param known false while nothing is loaded: then the rest says nothing
 * @param committedOrderId orders up to this number are stored
 * @param openOrders how many orders are open
 * @param settling how many orders the running settlement has not looked at
 * @param batchesWaiting batches that wait for their commit
 * @param idle true when no interval and no commit is under way
 * @param holds what operators hold back
 * @param matching how many open orders are asked for
 * @param oldest the oldest of these, as many as asked for
 */
record QueueStatus(
        String phase,
        boolean known,
        long committedOrderId,
        int openOrders,
        int settling,
        int batchesWaiting,
        boolean idle,
        List<HoldRow> holds,
        int matching,
        List<Queued> oldest) {

    /** An open order, where it came from, and why it waits. */
    record Queued(Order order, UUID worker, @Nullable Refusal why) {
        private static Queued of(OpenOrder open, Holds holds) {
            Refusal held = holds.reason(open.order().symbol());
            return new Queued(
                    open.order(), open.worker, held == null ? open.order().reason() : held);
        }
    }

    /** While nothing is loaded. */
    static QueueStatus without(String phase, Committer committer) {
        return new QueueStatus(
                phase, false, committer.committedOrderId(), 0, 0, committer.waiting(), false, List.of(), 0, List.of());
    }

    /** For the writer's thread. */
    static QueueStatus of(
            String phase,
            Committer committer,
            WorkingCopy copy,
            Intervals intervals,
            boolean nothingDrafted,
            QueueQuery query) {
        return new QueueStatus(
                phase,
                true,
                committer.committedOrderId(),
                copy.openOrderCount(),
                intervals.ordersLeft(),
                committer.waiting(),
                nothingDrafted && intervals.isIdle() && committer.isIdle(),
                copy.holds.list(),
                matching(copy, query),
                copy.openOrders()
                        .filter(query::matches)
                        .limit(query.limit())
                        .map(open -> Queued.of(open, copy.holds))
                        .toList());
    }

    private static int matching(WorkingCopy copy, QueueQuery query) {
        if (query.limit() == 0) {
            return 0;
        }
        return query.isAll()
                ? copy.openOrderCount()
                : Math.toIntExact(copy.openOrders().filter(query::matches).count());
    }
}
