package org.papertrader.trading.internal;

import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.OrderId;
import org.papertrader.model.Symbol;

/**
 * Which open orders an operator looks at.
 *
 * @param account of this account only, or null
 * @param symbol of this asset only, or null
 * @param worker of workers only whose uuid begins so, in lower case; may be empty
 * @param order this one only, or null
 * @param limit how many at most
 */
record QueueQuery(
        @Nullable AccountId account,
        @Nullable Symbol symbol,
        String worker,
        @Nullable OrderId order,
        int limit) {
    /** Most orders of one list. */
    static final int LIMIT_MAX = 1_000;

    /** No order at all. */
    static final QueueQuery NONE = new QueueQuery(null, null, "", null, 0);

    static QueueQuery of(OrderId order) {
        return new QueueQuery(null, null, "", order, 1);
    }

    boolean matches(OpenOrder open) {
        return (account == null || open.account.id.equals(account))
                && (symbol == null || open.order().symbol().equals(symbol))
                && (order == null || open.id == order.value())
                && (worker.isEmpty() || open.worker.toString().startsWith(worker));
    }
}
