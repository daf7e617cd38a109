package org.papertrader.trading.api;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Caller;
import org.papertrader.model.OrderId;
import org.papertrader.model.UserName;

/**
 * Orders, portfolios and histories (MST-27 to MST-30). The master's provider does the work, a worker's forwards it; the
 * service property {@code side} tells which. Every call is authorized by the caller's session. Stages complete on any
 * thread, and exceptionally only with {@code UnavailableException}, {@code BusyException} or a fault.
 */
@ProviderType
public interface Trading {
    /** Takes an order. An acceptance is given only after the order and its reservation are really on disk. */
    CompletionStage<OrderOutcome> submit(Caller caller, OrderTicket ticket);

    /** Takes back an own open order. */
    CompletionStage<CancelOutcome> cancel(Caller caller, OrderId order);

    /** A user's portfolio: all of it to its owner, to others the public part only (PRO-14). */
    CompletionStage<PortfolioOutcome> portfolio(Caller caller, UserName user);

    /**
     * An own history, oldest first, at most {@link TransactionsOutcome.Page#ROWS_MAX} lines after number {@code after};
     * to others the public part, which is none of it.
     *
     * @param after 0 for the beginning
     */
    CompletionStage<TransactionsOutcome> transactions(Caller caller, UserName user, long after);

    /**
     * The caller's own orders, newest first, at most {@link OrdersOutcome.Page#ROWS_MAX}.
     *
     * @param onlyOpen true for the open book only
     * @param before only orders with smaller numbers, for the next page; null for the first
     */
    CompletionStage<OrdersOutcome> orders(Caller caller, boolean onlyOpen, @Nullable OrderId before);
}
