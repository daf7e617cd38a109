package org.papertrader.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.OrderRow;

/** Orders between table and records. */
final class OrderRows {
    static final List<String> ORDER_COLUMNS = List.of(
            "id",
            "account",
            "side",
            "symbol",
            "quantity",
            "client_order_id",
            "issued",
            "accepted",
            "accepted_market",
            "reserved",
            "status",
            "reason_code",
            "reason_text",
            "closed_at");
    static final String ORDER = String.join(", ", ORDER_COLUMNS);
    static final String ALL = ORDER + ", worker, worker_sequence, corrected";

    private OrderRows() {}

    static void bind(Parameters p, OrderRow row) throws SQLException {
        Order order = row.order();
        ClientOrderId clientOrderId = order.clientOrderId();
        p.add(order.id().value())
                .add(order.account().value())
                .add(Codes.of(order.side()))
                .add(order.symbol().value())
                .add(order.quantity().mantissa())
                .addNullable(clientOrderId == null ? null : clientOrderId.value())
                .add(order.times().issued())
                .add(order.times().accepted())
                .add(order.times().acceptedMarket())
                .add(order.reserved().mantissa())
                .add(Codes.of(order.status()))
                .addNullable(Codes.code(order.reason()))
                .addNullable(Codes.text(order.reason()))
                .addNullable(order.closedAt())
                .add(row.worker())
                .add(row.sequence())
                .add(row.corrected());
    }

    static Order order(Row row) throws SQLException {
        return new Order(
                new OrderId(row.number()),
                new AccountId(row.number()),
                Codes.side(row.small()),
                new Symbol(row.text()),
                new Quantity(row.number()),
                clientOrderId(row.textOrNull()),
                new OrderTimes(row.instant(), row.instant(), row.instant()),
                new Money(row.number()),
                Codes.status(row.small()),
                Codes.reason(row.textOrNull(), row.textOrNull()),
                row.instantOrNull());
    }

    static OrderRow orderRow(Row row) throws SQLException {
        return new OrderRow(order(row), row.uuid(), row.number(), row.instant());
    }

    private static @Nullable ClientOrderId clientOrderId(@Nullable String text) {
        return text == null ? null : new ClientOrderId(text);
    }
}
