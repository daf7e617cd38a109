package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore;

/** All stores over one data source and one pool of connections. */
public final class JdbcStorage implements AutoCloseable {
    private static final Duration RECONNECT_PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Folder folder;
    private final AccountStore accounts;
    private final SessionStore sessions;
    private final WorkerStore workers;
    private final MarketStore market;
    private final LedgerStore ledger;

    private JdbcStorage(Database database) {
        this.database = database;
        accounts = new JdbcAccountStore(database);
        sessions = new JdbcSessionStore(database);
        workers = new JdbcWorkerStore(database);
        market = new JdbcMarketStore(database);
        folder = new Folder(database);
        ledger = new JdbcLedgerStore(database, folder);
    }

    /**
     * Opens the pool and brings the schema up to date; blocks meanwhile.
     *
     * @param clock stamps the migrations
     * @throws StorageException when the database cannot be reached or read
     * @throws PlaceException when it is not the database in use
     * @throws SchemaException when this code may not use its schema
     */
    public static JdbcStorage open(DataSource source, Dialect dialect, PoolSettings settings, Clock clock) {
        Database database = new Database(source, dialect, settings);
        boolean opened = false;
        try {
            new Migrator(database, clock).migrate();
            JdbcStorage storage = new JdbcStorage(database);
            opened = true;
            return storage;
        } finally {
            if (!opened) {
                database.close();
            }
        }
    }

    /** Makes the copy that a move has left unmarked the database in use; its original must say that it was moved here. */
    public static void finishMove(DataSource source, Dialect dialect, Clock clock, PlaceMark original)
            throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            PlaceMark mark = PlaceMark.read(connection).orElseThrow(() -> new SQLException("it has no mark"));
            if (mark.state() == PlaceMark.State.UNFINISHED && mark.isOneMoveWith(original)) {
                new PlaceMark(PlaceMark.State.IN_USE, mark.move(), mark.other(), clock.instant()).write(connection);
                connection.commit();
                dialect.force(connection);
                connection.commit();
            }
        }
    }

    /** What a database says of itself; it is not changed. */
    public static Optional<PlaceMark> mark(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Migrator.hasTable(connection, "storage_place") ? PlaceMark.read(connection) : Optional.empty();
        }
    }

    Database database() {
        return database;
    }

    /** What the database holds; reads it. */
    public StorageSummary summary() {
        return StorageSummary.of(database);
    }

    /**
     * Goes on with other connections to the same database, without that anybody notices; false when it is used for so
     * long that they cannot be exchanged now.
     */
    public boolean reconnect(DataSource source, PoolSettings settings) throws SQLException {
        ConnectionPool next = new ConnectionPool(source, settings);
        Optional<ConnectionPool> before = database.alone(RECONNECT_PATIENCE, connection -> database.exchange(next));
        before.orElse(next).close();
        return before.isPresent();
    }

    /** The accounts. */
    public AccountStore accounts() {
        return accounts;
    }

    /** The sessions. */
    public SessionStore sessions() {
        return sessions;
    }

    /** The register of workers. */
    public WorkerStore workers() {
        return workers;
    }

    /** The market values. */
    public MarketStore market() {
        return market;
    }

    /** The ledger. */
    public LedgerStore ledger() {
        return ledger;
    }

    /** Ends what runs in the background and closes the idle connections; those in use close when given back. */
    @Override
    public void close() {
        folder.close();
        database.close();
    }
}
