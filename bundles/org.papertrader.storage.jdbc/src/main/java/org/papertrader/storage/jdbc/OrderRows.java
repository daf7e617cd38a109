package org.papertrader.storage.jdbc;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.AccountId;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.OrderTimes;
import org.papertrader.model.Quantity;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.OrderRow;

/** Orders between tables and records: what was accepted, and its line of the history, if it has ended. */
final class OrderRows {
    static final List<String> COLUMNS = List.of(
            "id",
            "account",
            "side",
            "symbol",
            "quantity",
            "client_key",
            "issued",
            "accepted",
            "accepted_market",
            "reserved",
            "reason_code",
            "reason_text",
            "worker",
            "worker_sequence",
            "corrected");

    /** For {@link #row}, of tables called o and h. */
    static final String ALL =
            "o." + String.join(", o.", COLUMNS) + ", h.outcome, h.reason_code, h.reason_text, h.completed";
    /** Orders with their ends, or nulls for those that are open. */
    static final String WITH_ENDS =
            "accepted_order o LEFT JOIN ledger_history h ON h.account = o.account AND h.order_id = o.id";

    private static final String KEY_SEPARATOR = ":";

    private OrderRows() {}

    static void bind(Parameters p, OrderRow row) throws SQLException {
        Order order = row.order();
        p.add(order.id().value())
                .add(order.account().value())
                .add(Codes.of(order.side()))
                .add(order.symbol().value())
                .add(order.quantity().mantissa())
                .addNullable(clientKey(order))
                .add(order.times().issued())
                .add(order.times().accepted())
                .add(order.times().acceptedMarket())
                .add(order.reserved().mantissa())
                .addNullable(Codes.code(order.reason()))
                .addNullable(Codes.text(order.reason()))
                .add(row.worker())
                .add(row.sequence())
                .add(row.corrected());
    }

    static Order order(Row row) throws SQLException {
        return row(row).order();
    }

    static OrderRow row(Row row) throws SQLException {
        Order accepted = new Order(
                new OrderId(row.number()),
                new AccountId(row.number()),
                Codes.side(row.small()),
                new Symbol(row.text()),
                new Quantity(row.number()),
                clientOrderId(row.textOrNull()),
                new OrderTimes(row.instant(), row.instant(), row.instant()),
                new Money(row.number()),
                OrderStatus.OPEN,
                Codes.reason(row.textOrNull(), row.textOrNull()),
                null);
        UUID worker = row.uuid();
        long sequence = row.number();
        Instant corrected = row.instant();
        return new OrderRow(withEnd(accepted, row), worker, sequence, corrected);
    }

    private static Order withEnd(Order accepted, Row row) throws SQLException {
        Long outcome = row.numberOrNull();
        Refusal reason = Codes.reason(row.textOrNull(), row.textOrNull());
        Instant completed = row.instantOrNull();
        if (outcome == null) {
            return accepted;
        }
        return new Order(
                accepted.id(),
                accepted.account(),
                accepted.side(),
                accepted.symbol(),
                accepted.quantity(),
                accepted.clientOrderId(),
                accepted.times(),
                Money.ZERO,
                Codes.status(outcome.intValue()),
                reason,
                completed);
    }

    private static @Nullable String clientKey(Order order) {
        ClientOrderId id = order.clientOrderId();
        return id == null ? null : order.account().value() + KEY_SEPARATOR + id.value();
    }

    private static @Nullable ClientOrderId clientOrderId(@Nullable String key) {
        return key == null ? null : new ClientOrderId(key.substring(key.indexOf(KEY_SEPARATOR) + 1));
    }
}
