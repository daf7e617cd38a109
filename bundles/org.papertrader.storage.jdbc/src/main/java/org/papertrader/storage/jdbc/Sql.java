package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Short forms of what the stores do with a connection. */
final class Sql {
    /** Most rows that one call reads: more than any page has, and one to see that there are more. */
    static final int ROWS_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sql.class);

    private Sql() {}

    static <T> List<T> list(Connection connection, String sql, Binder binder, Mapper<T> mapper) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new Parameters(statement));
            try (ResultSet result = statement.executeQuery()) {
                List<T> list = new ArrayList<>();
                Row row = new Row(result);
                while (row.next()) {
                    list.add(mapper.map(row));
                }
                return list;
            }
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, Binder binder, Mapper<T> mapper)
            throws SQLException {
        List<T> list = list(connection, sql, binder, mapper);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
    }

    static int update(Connection connection, String sql, Binder binder) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(new Parameters(statement));
            return statement.executeUpdate();
        }
    }

    /** Adds a row to a table that numbers its rows by itself; the number that it got. */
    static long insertNumbered(Connection connection, String table, List<String> columns, Binder binder)
            throws SQLException {
        String sql = Dialect.RowStatement.insert(table, columns).sql(1);
        try (PreparedStatement statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            binder.bind(new Parameters(statement));
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("the database gave no number to a row of " + table);
                }
                long number = keys.getLong(1);
                if (connection instanceof Recorder.Numbering recorded) {
                    recorded.numbered(number);
                }
                return number;
            }
        }
    }

    /** Runs the statement once for each item; how many rows each changed. */
    static <T> int[] updateEach(Connection connection, String sql, List<T> items, RowBinder<T> binder)
            throws SQLException {
        if (items.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = new Parameters(statement);
            for (T item : items) {
                parameters.rewind();
                binder.bind(parameters, item);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /**
     * The number of rows to ask for; throws {@link IllegalArgumentException} when it is not positive, or too large: whoever got
     * fewer rows than there are would take them for all.
     */
    static int rows(int limit) {
        if (limit < 1 || limit > ROWS_MAX) {
            throw new IllegalArgumentException("a limit is 1 to " + ROWS_MAX + ": " + limit);
        }
        return limit;
    }

    /** Closes what is done with; that it cannot be closed is for the log only. */
    static void close(AutoCloseable used) {
        try {
            used.close();
        } catch (Exception | Error e) {
            // Whatever it is, memory that ran out included: nothing depends on it any more.
            LOG.warn("A connection or file that is not needed any more could not be closed.", e);
        }
    }

    /** Fills the parameters of a statement. */
    @FunctionalInterface
    interface Binder {
        /** For statements without parameters. */
        Binder NONE = parameters -> {};

        void bind(Parameters parameters) throws SQLException;
    }

    /** Fills the parameters of one row. */
    @FunctionalInterface
    interface RowBinder<T> {
        void bind(Parameters parameters, T item) throws SQLException;
    }

    /** Makes a value of a result's row. */
    @FunctionalInterface
    interface Mapper<T> {
        T map(Row row) throws SQLException;
    }
}
