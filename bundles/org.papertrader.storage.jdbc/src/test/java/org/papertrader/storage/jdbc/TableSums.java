package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** What two databases with the same rows have alike. */
final class TableSums {
    private TableSums() {}

    static Map<String, Table.Sum> of(DataSource source) throws SQLException, MoveException {
        Map<String, Table.Sum> sums = new HashMap<>();
        try (Connection connection = source.getConnection()) {
            for (Table table : Table.all(connection)) {
                sums.put(table.name(), table.sum(connection, rows -> {}));
            }
        }
        return sums;
    }
}
