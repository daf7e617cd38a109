package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;

/** Intervals and the prices that they settle at. A snapshot is written once and never changed. */
final class IntervalTable {
    private static final List<String> COLUMNS =
            List.of("id", "cut_order", "cut_at", "market_time", "market_open", "state");
    private static final int UNSETTLED_MAX = 1_000;

    private final Bulk<IntervalRow> rows;
    private final Bulk<Priced> prices;

    IntervalTable(Dialect dialect) {
        rows = new Bulk<>(dialect.upsert("ledger_interval", List.of("id"), COLUMNS), 1, (p, row) -> p.add(row.id())
                .add(row.cut())
                .add(row.at())
                .add(row.marketTime())
                .add(row.marketOpen())
                .add(Codes.of(row.state())));
        prices = new Bulk<>(
                Dialect.RowStatement.insert(
                        "ledger_interval_price", List.of("interval_id", "symbol", "price", "source_time", "source")),
                dialect.rowsPerStatement(),
                (p, row) -> p.add(row.interval())
                        .add(row.price().symbol().value())
                        .add(row.price().price().mantissa())
                        .add(row.price().sourceTime())
                        .add(row.price().source()));
    }

    /** Called by the fenced writer only, within its transaction. */
    void put(Connection connection, IntervalRow row) throws SQLException {
        Optional<IntervalRow.State> stored = Sql.first(
                connection,
                "SELECT state FROM ledger_interval WHERE id = ?",
                p -> p.add(row.id()),
                column -> Codes.state(column.small()));
        if (stored.filter(state -> state.compareTo(row.state()) > 0).isPresent()) {
            throw new SQLException("interval " + row.id() + " cannot go back to " + row.state());
        }
        rows.write(connection, List.of(row));
        boolean first = stored.isEmpty() || stored.get() == IntervalRow.State.CUT;
        if (first && row.state() != IntervalRow.State.CUT) {
            prices.write(
                    connection,
                    row.snapshot().stream()
                            .map(price -> new Priced(row.id(), price))
                            .toList());
        }
    }

    static List<IntervalRow> unsettled(Connection connection) throws SQLException {
        List<IntervalRow> bare = Sql.list(
                connection,
                "SELECT " + String.join(", ", COLUMNS) + " FROM ledger_interval WHERE state < " + Codes.SETTLED
                        + " ORDER BY id LIMIT " + UNSETTLED_MAX,
                Sql.Binder.NONE,
                row -> new IntervalRow(
                        row.number(),
                        row.number(),
                        row.instant(),
                        row.instant(),
                        row.flag(),
                        List.of(),
                        Codes.state(row.small())));
        List<IntervalRow> whole = new ArrayList<>();
        for (IntervalRow row : bare) {
            whole.add(new IntervalRow(
                    row.id(),
                    row.cut(),
                    row.at(),
                    row.marketTime(),
                    row.marketOpen(),
                    snapshot(connection, row.id()),
                    row.state()));
        }
        return whole;
    }

    private static List<SnapshotPrice> snapshot(Connection connection, long interval) throws SQLException {
        return Sql.list(
                connection,
                "SELECT symbol, price, source_time, source FROM ledger_interval_price WHERE interval_id = ?"
                        + " ORDER BY symbol",
                p -> p.add(interval),
                row -> new SnapshotPrice(new Symbol(row.text()), new Price(row.number()), row.instant(), row.text()));
    }

    private record Priced(long interval, SnapshotPrice price) {}
}
