package org.papertrader.trading.internal;

import java.util.List;
import org.papertrader.model.Order;

/**
 * The queue as its writer sees it.
 *
 * @param phase LOADING, RUNNING or ENDED
 * @param committedOrderId orders up to this number are stored
 * @param openOrders how many orders are open
 * @param settling how many orders the running settlement has not looked at
 * @param batchesWaiting batches that wait for their commit
 * @param idle true when no interval and no commit is under way
 * @param oldest the oldest open orders, at most {@link #ORDERS_MAX}
 */
record QueueStatus(
        String phase,
        long committedOrderId,
        int openOrders,
        int settling,
        int batchesWaiting,
        boolean idle,
        List<Order> oldest) {
    static final int ORDERS_MAX = 100;
}
