package org.papertrader.storage.jdbc;

import java.sql.SQLException;
import java.util.List;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Transaction.TransactionTimes;
import org.papertrader.storage.api.LedgerBatch.HistoryRow;

/** Lines of histories between table and records. */
final class HistoryRows {
    static final List<String> COLUMNS = List.of(
            "account",
            "id",
            "kind",
            "order_id",
            "symbol",
            "quantity",
            "price",
            "cash_effect",
            "outcome",
            "reason_code",
            "reason_text",
            "issued",
            "accepted",
            "completed",
            "completed_market",
            "price_time",
            "price_source");
    /** For {@link #transaction}: all but the account. */
    static final String TRANSACTION = String.join(", ", COLUMNS.subList(1, COLUMNS.size()));

    private HistoryRows() {}

    static void bind(Parameters p, HistoryRow row) throws SQLException {
        Transaction line = row.transaction();
        OrderId order = line.order();
        Symbol symbol = line.symbol();
        p.add(row.account().value()).add(line.id()).add(Codes.of(line.kind()));
        if (order == null) {
            p.addNull();
        } else {
            p.add(order.value());
        }
        p.addNullable(symbol == null ? null : symbol.value())
                .add(line.quantity().mantissa())
                .add(line.price().mantissa())
                .add(line.cashEffect().mantissa())
                .add(Codes.of(line.outcome()))
                .addNullable(Codes.code(line.reason()))
                .addNullable(Codes.text(line.reason()))
                .add(line.times().issued())
                .add(line.times().accepted())
                .add(line.times().completed())
                .add(line.times().completedMarket())
                .addNullable(line.times().priceTime())
                .add(line.priceSource());
    }

    static Transaction transaction(Row row) throws SQLException {
        long id = row.number();
        Transaction.Kind kind = Codes.kind(row.small());
        Long order = row.numberOrNull();
        String symbol = row.textOrNull();
        return new Transaction(
                id,
                kind,
                order == null ? null : new OrderId(order),
                symbol == null ? null : new Symbol(symbol),
                new Quantity(row.number()),
                new Price(row.number()),
                new Money(row.number()),
                Codes.status(row.small()),
                Codes.reason(row.textOrNull(), row.textOrNull()),
                new TransactionTimes(row.instant(), row.instant(), row.instant(), row.instant(), row.instantOrNull()),
                row.text());
    }
}
