package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between databases. Implementations have no state and may be called from any thread. */
public interface Dialect {
    /**
     * A statement that inserts rows, or replaces all other columns of those whose keys are there already. The rows,
     * {@code (?, ?), (?, ?)}, come between its two parts.
     */
    RowStatement upsert(String table, List<String> keys, List<String> columns);

    /** What follows the closing bracket of every {@code CREATE TABLE}, with a leading blank, or nothing. */
    String tableOptions();

    /** The type of a column for up to 1,000,000 bytes; stands for <code>${bytes}</code> in scripts. */
    String bytesType();

    /** How many rows one statement carries at most. */
    int rowsPerStatement();

    /** True when the failure, or one that it stands for, is the violation of a unique key. */
    boolean isDuplicateKey(SQLException failure);

    /** Forces what was committed to disk; nothing where the commit itself does that. */
    void force(Connection connection) throws SQLException;

    /**
     * Makes a new connection read for long what is committed at this moment, whatever others write meanwhile, and makes
     * it hand out the rows of a long result as they are read.
     */
    void snapshot(Connection connection) throws SQLException;

    /** Makes a table number its next row by itself so, after rows came with numbers of their own. */
    void nextNumber(Connection connection, String table, long next) throws SQLException;

    /** How many connections the database has, of all programs and pools. */
    int connections(Connection connection) throws SQLException;

    /** Names the database: the same for all connections to it, and for no other one in this process. */
    String identity(Connection connection) throws SQLException;

    /** An SQL text that takes several rows between its two parts. */
    record RowStatement(String head, int columns, String tail) {
        /** A plain insert. */
        public static RowStatement insert(String table, List<String> columns) {
            return new RowStatement(
                    "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ", columns.size(), "");
        }

        /** The text for this many rows. */
        public String sql(int rows) {
            String row = "(" + "?, ".repeat(columns - 1) + "?)";
            return head + (row + ", ").repeat(rows - 1) + row + tail;
        }
    }
}
