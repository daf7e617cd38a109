package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerState;

/** Reads what the writer needs in memory. */
final class LedgerReader {
    private static final int RECENT_KEYS_MAX = 100_000;

    private LedgerReader() {}

    static LedgerState load(Connection connection) throws SQLException {
        Head head = head(connection);
        return new LedgerState(
                cash(connection),
                positions(connection),
                openOrders(connection),
                recentOrders(connection),
                number(connection, "SELECT COALESCE(MAX(id), 0) FROM accepted_order"),
                head.lastSet(),
                head.lastHash(),
                number(connection, "SELECT COALESCE(MAX(id), 0) FROM ledger_interval"),
                HoldTable.all(connection));
    }

    static Head head(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT epoch, last_set, last_hash FROM ledger_head WHERE id = 1",
                        Sql.Binder.NONE,
                        row -> new Head(row.number(), row.number(), row.bytes()))
                .orElseThrow(() -> new SQLException("the ledger has no head row"));
    }

    private static List<CashRow> cash(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT account, cash, version, last_history FROM ledger_cash ORDER BY account",
                Sql.Binder.NONE,
                row -> new CashRow(new AccountId(row.number()), new Money(row.number()), row.number(), row.number()));
    }

    private static List<PositionRow> positions(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT account, symbol, quantity, cost_basis, realised_profit FROM ledger_position"
                        + " ORDER BY account, symbol",
                Sql.Binder.NONE,
                row -> new PositionRow(
                        new AccountId(row.number()),
                        new Symbol(row.text()),
                        new Quantity(row.number()),
                        new Money(row.number()),
                        new Money(row.number())));
    }

    private static List<OrderRow> openOrders(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT " + OrderRows.ALL + " FROM open_order p JOIN " + OrderRows.WITH_ENDS
                        + " ON o.id = p.id ORDER BY p.id",
                Sql.Binder.NONE,
                OrderRows::row);
    }

    /** The condition stands after an outer join so that the newest orders are looked at first, not all of the history. */
    private static List<OrderRow> recentOrders(Connection connection) throws SQLException {
        return Sql.list(
                connection,
                "SELECT " + OrderRows.ALL + " FROM " + OrderRows.WITH_ENDS
                        + " WHERE h.order_id IS NOT NULL ORDER BY o.id DESC LIMIT " + RECENT_KEYS_MAX,
                Sql.Binder.NONE,
                OrderRows::row);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Sql.list(connection, sql, Sql.Binder.NONE, Row::number).get(0);
    }

    /** The head row of the ledger. */
    record Head(long epoch, long lastSet, byte[] lastHash) {}
}
