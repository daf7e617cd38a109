package org.papertrader.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.papertrader.storage.h2.internal.BenchStorage;

/**
 * The fastest plain way known to write a settlement with H2: all decisions in memory beforehand, then the history as
 * multi-row inserts, cash and positions as multi-row merges, the orders deleted by range, one commit and one sync. It
 * writes no ledger of postings, no chain of hashes and no state of intervals, and can only settle all or nothing.
 */
final class SettleReference implements AutoCloseable {
    private static final int ROWS = 64;
    private static final int POSITIONS_EACH = 5;
    private static final String ORDER_COLUMNS = "id, account, symbol, quantity, side, issued, accepted";
    private static final String HISTORY_COLUMNS = "id, account, order_id, symbol, quantity, price, cash_effect, kind,"
            + " outcome, issued, accepted, completed, completed_market, price_time, price_source";

    private final Connection connection;
    private final int accounts;
    private final int assets;
    private long lastId;
    private int settled;

    SettleReference(Path folder, int accounts, int assets) throws SQLException, IOException {
        Files.createDirectories(folder);
        this.accounts = accounts;
        this.assets = assets;
        this.connection = BenchStorage.source(folder).getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE queue (id BIGINT PRIMARY KEY, account BIGINT, symbol VARCHAR(16),"
                    + " quantity BIGINT, side SMALLINT, issued BIGINT, accepted BIGINT)");
            statement.execute("CREATE TABLE history (id BIGINT, account BIGINT, order_id BIGINT, symbol VARCHAR(16),"
                    + " quantity BIGINT, price BIGINT, cash_effect BIGINT, kind SMALLINT, outcome SMALLINT,"
                    + " issued BIGINT, accepted BIGINT, completed BIGINT, completed_market BIGINT, price_time BIGINT,"
                    + " price_source VARCHAR(64), PRIMARY KEY (account, id))");
            statement.execute("CREATE TABLE cash (account BIGINT PRIMARY KEY, cash BIGINT, version BIGINT)");
            statement.execute("CREATE TABLE holding (account BIGINT, symbol VARCHAR(16), quantity BIGINT,"
                    + " cost_basis BIGINT, realised BIGINT, PRIMARY KEY (account, symbol))");
        }
        connection.commit();
    }

    record Run(double seconds, double cpuSeconds) {}

    /** Puts orders into the table, unmeasured, and settles them; what that took. */
    Run run(int orders) throws SQLException {
        long first = lastId + 1;
        settled = orders;
        insert("INSERT INTO queue (" + ORDER_COLUMNS + ")", 7, orders, this::order);
        lastId += orders;
        sync();
        double cpu = Machine.ownCpuSeconds();
        long start = System.nanoTime();
        lastId = first - 1;
        insert("INSERT INTO history (" + HISTORY_COLUMNS + ")", 15, orders, this::history);
        lastId = first - 1 + orders;
        insert("MERGE INTO cash (account, cash, version) KEY (account)", 3, accounts, this::cash);
        insert(
                "MERGE INTO holding (account, symbol, quantity, cost_basis, realised) KEY (account, symbol)",
                5,
                Math.min(orders, accounts * POSITIONS_EACH),
                this::holding);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM queue WHERE id BETWEEN ? AND ?")) {
            delete.setLong(1, first);
            delete.setLong(2, lastId);
            delete.executeUpdate();
        }
        sync();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Run(seconds, Machine.ownCpuSeconds() - cpu);
    }

    private void sync() throws SQLException {
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** Gives the values of a row. */
    private interface Rows {
        Object[] row(int number);
    }

    private void insert(String head, int columns, int count, Rows rows) throws SQLException {
        for (int done = 0; done < count; ) {
            int group = count - done >= ROWS ? ROWS : 1;
            int groups = (count - done) / group;
            String row = "(" + "?, ".repeat(columns - 1) + "?)";
            String sql = head + " VALUES " + (row + ", ").repeat(group - 1) + row;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < groups; i++) {
                    int parameter = 1;
                    for (int j = 0; j < group; j++) {
                        for (Object value : rows.row(done++)) {
                            statement.setObject(parameter++, value);
                        }
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    private Object[] order(int i) {
        return new Object[] {lastId + 1 + i, (long) (i % accounts), symbol(i), 50_000_000L, i % 2, lastId, lastId};
    }

    private Object[] history(int i) {
        long id = lastId + 1 + i;
        // Sorted by account, as neighbours in the index are written together.
        long account = (long) i * accounts / settled;
        return new Object[] {
            id, account, id, symbol(i), 50_000_000L, 10_025_000_000L, -501_250L, i % 2, 1, id, id, id, id, id, "bench"
        };
    }

    private Object[] cash(int i) {
        return new Object[] {(long) i, 10_000_000_000L - lastId, lastId};
    }

    private Object[] holding(int i) {
        return new Object[] {
            (long) (i / POSITIONS_EACH),
            "A" + (i / POSITIONS_EACH * 7 + i % POSITIONS_EACH) % assets,
            lastId,
            lastId,
            0L
        };
    }

    private String symbol(int i) {
        return "A" + i % assets;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
