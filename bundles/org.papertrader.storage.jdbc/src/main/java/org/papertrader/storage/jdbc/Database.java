package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.StorageException;

/**
 * Runs work in transactions on pooled connections, and flushes for groups of callers. All transactions pass a turnstile:
 * whoever locks it ({@link #alone}) knows that none is under way, and may exchange the database behind it. Those that
 * write take turns, because a crash of H2 can leave the half of a transaction that is under way while another one commits;
 * those that read never wait for them.
 */
final class Database implements AutoCloseable {
    private static final int ATTEMPTS_MAX = 3;

    private final ReentrantReadWriteLock turnstile = new ReentrantReadWriteLock();
    /** Fair: who writes all the time keeps nobody waiting for longer than one transaction. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Dialect dialect;
    private final GroupSync sync;
    private volatile ConnectionPool pool;
    private volatile @Nullable Recorder recorder;
    private volatile @Nullable Object monitor;

    Database(DataSource source, Dialect dialect, PoolSettings settings) {
        this.pool = new ConnectionPool(source, settings);
        this.dialect = dialect;
        this.sync = new GroupSync(this::force);
    }

    Dialect dialect() {
        return dialect;
    }

    /** Only reads: a change would be undone. {@code what} is for the exception's text. */
    <R> R read(String what, SqlWork<R> work) {
        turnstile.readLock().lock();
        try {
            return onConnection(pool, work);
        } catch (SQLException e) {
            throw failed(what, e);
        } finally {
            turnstile.readLock().unlock();
        }
    }

    /** Commits what the work did, or nothing of it when it throws. {@code what} is for the exception's text. */
    <R> R write(String what, SqlWork<R> work) {
        try {
            return writeOnce(work);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    /**
     * Writes what makes the same change however often it runs. It is tried again when another one inserted the same key
     * at the same moment, which an upsert cannot rule out.
     */
    <R> R repeatable(String what, SqlWork<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writeOnce(work);
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

    /** The connections to the database that is in use. */
    ConnectionPool pool() {
        return pool;
    }

    /**
     * Runs something while no transaction is under way; those that come meanwhile wait. Empty when the ones that were
     * under way did not end in time. What the work did counts, even when its connection cannot be closed.
     */
    <R> Optional<R> alone(Duration patience, SqlWork<R> work) throws SQLException {
        try {
            if (!turnstile.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            Connection connection = pool.connect();
            try {
                synchronized (monitor()) {
                    return Optional.of(work.run(connection));
                }
            } finally {
                Sql.close(connection);
            }
        } finally {
            turnstile.writeLock().unlock();
        }
    }

    /** Notes all changes from now on, or none with null; within {@link #alone}, but for the end. */
    void record(@Nullable Recorder next) {
        recorder = next;
    }

    /** Goes on with another database, within {@link #alone}; the pool of the one before, for the caller to close. */
    ConnectionPool exchange(ConnectionPool next) {
        ConnectionPool before = pool;
        pool = next;
        recorder = null;
        monitor = null;
        return before;
    }

    @Override
    public void close() {
        pool.close();
    }

    private <R> R writeOnce(SqlWork<R> work) throws SQLException {
        turn.lock();
        try {
            turnstile.readLock().lock();
            try {
                synchronized (monitor()) {
                    return onConnection(pool, connection -> committed(connection, work));
                }
            } finally {
                turnstile.readLock().unlock();
            }
        } finally {
            turn.unlock();
        }
    }

    /**
     * What all synchronize on who write to the database in use, those of another version of the bundle too. Within the
     * turnstile.
     */
    private Object monitor() throws SQLException {
        Object known = monitor;
        if (known == null) {
            // One object in the whole process, whichever class loader asks.
            known = ("org.papertrader.storage.jdbc " + onConnection(pool, dialect::identity)).intern();
            monitor = known;
        }
        return known;
    }

    private <R> R committed(Connection connection, SqlWork<R> work) throws SQLException {
        Recorder listening = recorder;
        Connection recorded = listening == null ? connection : listening.record(connection);
        R result = work.run(recorded);
        recorded.commit();
        return result;
    }

    private static <R> R onConnection(ConnectionPool connections, SqlWork<R> work) throws SQLException {
        Connection connection = connections.borrow();
        boolean clean = false;
        try {
            R result = work.run(connection);
            clean = true;
            return result;
        } finally {
            if (clean || rolledBack(connection)) {
                connections.giveBack(connection);
            } else {
                connections.discard(connection);
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
        write("force the log to disk", connection -> {
            dialect.force(connection);
            return true;
        });
    }

    private static StorageException failed(String what, SQLException e) {
        return new StorageException("could not " + what + ": " + e.getMessage(), e);
    }
}
