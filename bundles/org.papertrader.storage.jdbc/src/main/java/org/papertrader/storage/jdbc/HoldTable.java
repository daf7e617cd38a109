package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.HoldRow;

/** What operators hold back, a row each. */
final class HoldTable {
    /** No symbol: all orders. */
    private static final String ALL = "*";

    private HoldTable() {}

    static void put(Connection connection, HoldRow hold) throws SQLException {
        String key = hold.symbol() == null ? ALL : hold.symbol().value();
        Instant since = hold.since();
        Sql.update(connection, "DELETE FROM ledger_hold WHERE symbol = ?", p -> p.add(key));
        if (since != null) {
            Sql.update(connection, "INSERT INTO ledger_hold (symbol, since, reason) VALUES (?, ?, ?)", p -> p.add(key)
                    .add(since)
                    .add(hold.reason()));
        }
    }

    static List<HoldRow> all(Connection connection) throws SQLException {
        return Sql.list(
                connection, "SELECT symbol, since, reason FROM ledger_hold ORDER BY symbol", Sql.Binder.NONE, row -> {
                    String key = row.text();
                    return new HoldRow(key.equals(ALL) ? null : new Symbol(key), row.instant(), row.text());
                });
    }
}
