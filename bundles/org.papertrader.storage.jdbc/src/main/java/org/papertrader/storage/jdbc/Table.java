package org.papertrader.storage.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table as a whole: what a copy needs to know of it. */
record Table(String name, List<String> columns) {
    private static final int FETCH_ROWS = 1_000;

    /** Each database has its own of these. */
    private static final Set<String> OWN = Set.of("schema_version", "storage_place");

    /** All tables that are copied, by name. */
    static List<Table> all(Connection connection) throws SQLException {
        DatabaseMetaData data = connection.getMetaData();
        List<Table> tables = new ArrayList<>();
        try (ResultSet names = data.getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (names.next()) {
                String name = names.getString("TABLE_NAME");
                if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                    tables.add(new Table(name.toLowerCase(Locale.ROOT), columns(connection, data, name)));
                }
            }
        }
        return tables;
    }

    private static List<String> columns(Connection connection, DatabaseMetaData data, String table)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet names = data.getColumns(connection.getCatalog(), connection.getSchema(), table, "%")) {
            while (names.next()) {
                columns.add(names.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    long count(Connection connection) throws SQLException {
        return Sql.list(connection, "SELECT COUNT(*) FROM " + name, Sql.Binder.NONE, Row::number)
                .get(0);
    }

    /** Reads all rows; {@code reader} may keep them. */
    void read(Connection connection, Reader reader) throws SQLException, MoveException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet result = statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + name)) {
                while (result.next()) {
                    @Nullable Object[] row = new @Nullable Object[columns.size()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = result.getObject(i + 1);
                    }
                    reader.row(row);
                }
            }
        }
    }

    /** Adds rows, as many to a statement as the database likes. */
    void insert(Connection connection, Dialect dialect, List<@Nullable Object[]> rows) throws SQLException {
        new Bulk<@Nullable Object[]>(
                        Dialect.RowStatement.insert(name, columns), dialect.rowsPerStatement(), (p, row) -> {
                            for (Object value : row) {
                                p.addAny(value);
                            }
                        })
                .write(connection, rows);
    }

    /** The sum of all rows: the same for the same rows in any order. */
    Sum sum(Connection connection, Pulse pulse) throws SQLException, MoveException {
        MessageDigest digest = sha256();
        long[] sums = new long[3];
        read(connection, row -> {
            if (sums[0]++ % FETCH_ROWS == 0) {
                pulse.beat(sums[0]);
            }
            for (Object value : row) {
                add(digest, value);
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            sums[1] += hash.getLong();
            sums[2] += hash.getLong();
        });
        return new Sum(sums[0], sums[1], sums[2]);
    }

    private static void add(MessageDigest digest, @Nullable Object value) {
        byte[] bytes = value instanceof byte[] raw ? raw : String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES + 1)
                .putInt(bytes.length)
                .put((byte) (value == null ? 0 : 1))
                .flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** How many rows, and the sums of the two halves of their hashes. */
    record Sum(long rows, long first, long second) {}

    /** Takes a row. */
    @FunctionalInterface
    interface Reader {
        void row(@Nullable Object[] row) throws SQLException, MoveException;
    }

    /** Hears now and then how far it is. */
    @FunctionalInterface
    interface Pulse {
        void beat(long rows) throws MoveException;
    }
}
