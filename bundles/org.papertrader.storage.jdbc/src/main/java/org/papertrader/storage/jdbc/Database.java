package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.papertrader.storage.api.StorageException;

/** Runs work in transactions on pooled connections, and flushes for groups of callers. */
final class Database implements AutoCloseable {
    private static final int ATTEMPTS_MAX = 3;

    private final ConnectionPool pool;
    private final Dialect dialect;
    private final GroupSync sync;

    Database(DataSource source, Dialect dialect, PoolSettings settings) {
        this.pool = new ConnectionPool(source, settings);
        this.dialect = dialect;
        this.sync = new GroupSync(this::force);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Commits what the work did, or nothing of it when it throws. {@code what} is for the exception's text. */
    <R> R transaction(String what, SqlWork<R> work) {
        try {
            return attempt(work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /**
     * A transaction that makes the same change however often it runs. It is tried again when another one inserted the
     * same key at the same moment, which an upsert cannot rule out.
     */
    <R> R repeatable(String what, SqlWork<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS_MAX || !dialect.isDuplicateKey(e)) {
                    throw failed(what, e);
                }
            }
        }
    }

    /** Forces all commits so far to disk; concurrent callers share the flush. */
    void sync() {
        sync.sync();
    }

    long syncs() {
        return sync.count();
    }

    @Override
    public void close() {
        pool.close();
    }

    private <R> R attempt(SqlWork<R> work) throws SQLException {
        Connection connection = pool.borrow();
        boolean clean = false;
        try {
            R result = work.run(connection);
            connection.commit();
            clean = true;
            return result;
        } finally {
            if (clean || rolledBack(connection)) {
                pool.giveBack(connection);
            } else {
                pool.discard(connection);
            }
        }
    }

    private static boolean rolledBack(Connection connection) {
        try {
            connection.rollback();
            return true;
        } catch (SQLException e) {
            // The connection is broken; the caller sees the failure that came first.
            return false;
        }
    }

    private void force() {
        transaction("force the log to disk", connection -> {
            dialect.force(connection);
            return true;
        });
    }

    private static StorageException failed(String what, SQLException e) {
        return new StorageException("could not " + what + ": " + e.getMessage(), e);
    }
}
