package org.papertrader.storage.h2.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.jdbc.Dialect;

/** H2's SQL. */
final class H2Dialect implements Dialect {
    private static final int ROWS_PER_STATEMENT = 64;
    private static final int DUPLICATE_KEY = 23505;

    @Override
    public RowStatement upsert(String table, List<String> keys, List<String> columns) {
        return new RowStatement(
                "MERGE INTO " + table + " (" + String.join(", ", columns) + ") KEY (" + String.join(", ", keys)
                        + ") VALUES ",
                columns.size(),
                "");
    }

    @Override
    public String tableOptions() {
        return "";
    }

    @Override
    public String bytesType() {
        return "VARBINARY(1000000)";
    }

    @Override
    public int rowsPerStatement() {
        return ROWS_PER_STATEMENT;
    }

    @Override
    public boolean isDuplicateKey(SQLException failure) {
        for (@Nullable SQLException e = failure; e != null; e = e.getNextException()) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
                return true;
            }
        }
        return false;
    }

    /** A commit writes to the file but H2 never calls fsync for it; this does. */
    @Override
    public void force(Connection connection) throws SQLException {
        execute(connection, "CHECKPOINT SYNC");
    }

    @Override
    public void snapshot(Connection connection) throws SQLException {
        execute(connection, "SET LAZY_QUERY_EXECUTION 1");
        execute(connection, "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
        // The first statement of the transaction is what takes the snapshot, of all tables.
        execute(connection, "SELECT id FROM ledger_head");
    }

    @Override
    public void nextNumber(Connection connection, String table, long next) throws SQLException {
        execute(connection, "ALTER TABLE " + table + " ALTER COLUMN id RESTART WITH " + next);
    }

    @Override
    public int connections(Connection connection) throws SQLException {
        return Integer.parseInt(value(connection, "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS"));
    }

    @Override
    public String identity(Connection connection) throws SQLException {
        return value(connection, "SELECT DATABASE_PATH()");
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
