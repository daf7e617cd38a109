package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded number of connections without auto-commit. What a borrower left uncommitted is rolled back before the next
 * one gets the connection.
 */
final class ConnectionPool implements AutoCloseable {
    private static final int VALIDATION_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionPool.class);

    private final Connections connections;
    private final GenericObjectPool<Connection> pool;

    ConnectionPool(DataSource source, PoolSettings settings) {
        connections = new Connections(source);
        GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(settings.connectionsMax());
        config.setMaxIdle(settings.connectionsMax());
        config.setMaxWait(settings.patience());
        config.setTestOnBorrow(true);
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(connections, config);
    }

    /** A connection, for the caller alone until {@link #giveBack} or {@link #discard}. */
    Connection borrow() throws SQLException {
        try {
            return pool.borrowObject();
        } catch (SQLException e) {
            throw e;
        } catch (InterruptedException e) {
            if (!pool.isClosed()) {
                Thread.currentThread().interrupt();
            }
            // A pool that is closed interrupts whoever waits for it: nobody means that thread, which goes on.
            throw new SQLException("interrupted while waiting for a database connection", e);
        } catch (Exception e) {
            // The pool declares Exception: what is left is its own 'none came free in time' or 'pool is closed'.
            throw new SQLException("no database connection: " + e.getMessage(), e);
        }
    }

    void giveBack(Connection connection) {
        pool.returnObject(connection);
    }

    /** Closes a connection whose state is unknown instead of giving it back. */
    void discard(Connection connection) {
        try {
            pool.invalidateObject(connection);
        } catch (Exception e) {
            // The pool declares Exception. It is gone all the same, and the caller must see what broke it.
            LOG.debug("A broken connection could not be closed.", e);
        }
    }

    /** A connection that is not of the pool, for work that takes long; the caller closes it. */
    Connection connect() throws SQLException {
        if (pool.isClosed()) {
            throw new SQLException("the database is closed");
        }
        return connections.create();
    }

    /** How many connections it has, those in use and those that wait. */
    int size() {
        return pool.getNumActive() + pool.getNumIdle();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Connections extends BasePooledObjectFactory<Connection> {
        private final DataSource source;

        Connections(DataSource source) {
            this.source = source;
        }

        @Override
        public Connection create() throws SQLException {
            Connection connection = source.getConnection();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            return connection;
        }

        @Override
        public PooledObject<Connection> wrap(Connection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public boolean validateObject(PooledObject<Connection> pooled) {
            try {
                return pooled.getObject().isValid(VALIDATION_SECONDS);
            } catch (SQLException e) {
                return false;
            }
        }

        @Override
        public void passivateObject(PooledObject<Connection> pooled) throws SQLException {
            pooled.getObject().rollback();
        }

        @Override
        public void destroyObject(PooledObject<Connection> pooled) throws SQLException {
            pooled.getObject().close();
        }
    }
}
