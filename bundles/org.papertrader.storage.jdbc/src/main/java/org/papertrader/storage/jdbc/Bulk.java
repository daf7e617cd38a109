package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes many rows of one kind with few statements. The texts of the statements differ only by a power of two of rows,
 * so a connection has few of them to prepare.
 */
final class Bulk<T> {
    private final Dialect.RowStatement statement;
    private final int rowsMax;
    private final Sql.RowBinder<T> binder;

    Bulk(Dialect.RowStatement statement, int rowsMax, Sql.RowBinder<T> binder) {
        this.statement = statement;
        this.rowsMax = rowsMax;
        this.binder = binder;
    }

    void write(Connection connection, List<T> items) throws SQLException {
        int from = 0;
        for (int rows = rowsMax; rows > 0 && from < items.size(); rows = rows / 2) {
            from = write(connection, items, from, rows);
        }
    }

    /** Writes as many whole groups of {@code rows} as there are; where the rest begins. */
    private int write(Connection connection, List<T> items, int from, int rows) throws SQLException {
        int end = items.size() - (items.size() - from) % rows;
        if (end == from) {
            return from;
        }
        try (PreparedStatement prepared = connection.prepareStatement(statement.sql(rows))) {
            Parameters parameters = new Parameters(prepared);
            for (int group = from; group < end; group += rows) {
                parameters.rewind();
                for (T item : items.subList(group, group + rows)) {
                    binder.bind(parameters, item);
                }
                prepared.addBatch();
            }
            prepared.executeBatch();
        }
        return end;
    }
}
