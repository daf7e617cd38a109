package org.papertrader.storage.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does again what a {@link Recorder} noted. Each statement must change as many rows as it did the first time. */
final class Replay implements AutoCloseable {
    private static final int TRANSACTIONS_PER_COMMIT = 50;

    private final ChangeLog log;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Replay(ChangeLog log, Connection connection) {
        this.log = log;
        this.connection = connection;
    }

    /**
     * Goes on up to a place in the log, or until told to stop; all of it is committed then.
     *
     * @return false when it was stopped before
     * @throws IOException also when the log lost a transaction, which it says in no other way
     */
    boolean until(long end, Stop stop) throws IOException, SQLException, MoveException {
        int uncommitted = 0;
        boolean stopped = false;
        while (log.position() < end && !stopped) {
            List<Change> changes = log.next();
            if (changes == null) {
                break;
            }
            for (Change change : changes) {
                repeat(change);
            }
            uncommitted++;
            if (uncommitted == TRANSACTIONS_PER_COMMIT) {
                connection.commit();
                uncommitted = 0;
            }
            stopped = stop.isWanted();
        }
        connection.commit();
        log.requireWhole();
        return log.position() >= end;
    }

    private void repeat(Change change) throws SQLException, MoveException {
        PreparedStatement statement = statements.get(change.sql());
        if (statement == null) {
            statement = connection.prepareStatement(change.sql());
            statements.put(change.sql(), statement);
        }
        Parameters parameters = new Parameters(statement);
        for (@Nullable Object[] row : change.rows()) {
            parameters.rewind();
            for (Object value : row) {
                parameters.addAny(value);
            }
            statement.addBatch();
        }
        if (!Arrays.equals(statement.executeBatch(), change.counts())) {
            throw new MoveException("the copy has become another than the original, by: " + change.sql());
        }
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
    }

    /** Asked after each transaction. */
    @FunctionalInterface
    interface Stop {
        boolean isWanted() throws MoveException;
    }
}
