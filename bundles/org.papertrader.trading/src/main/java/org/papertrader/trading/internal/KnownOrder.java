package org.papertrader.trading.internal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.Side;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.trading.api.OrderTicket;

/** What is remembered of an order, so that the same one sent again gets the same answer. */
record KnownOrder(
        long id,
        long account,
        @Nullable ClientOrderId clientOrderId,
        UUID worker,
        long sequence,
        Side side,
        String symbol,
        long quantity,
        long reserved) {

    static KnownOrder of(OrderRow row) {
        Order order = row.order();
        return new KnownOrder(
                order.id().value(),
                order.account().value(),
                order.clientOrderId(),
                row.worker(),
                row.sequence(),
                order.side(),
                order.symbol().value(),
                order.quantity().mantissa(),
                order.reserved().mantissa());
    }

    /** True when the ticket asks for the same. */
    boolean hasBodyOf(OrderTicket ticket) {
        return side == ticket.side()
                && quantity == ticket.quantity().mantissa()
                && symbol.equals(ticket.symbol().value());
    }
}
