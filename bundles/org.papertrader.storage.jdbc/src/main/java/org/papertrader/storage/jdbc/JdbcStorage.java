package org.papertrader.storage.jdbc;

import java.time.Clock;
import javax.sql.DataSource;
import org.papertrader.storage.api.AccountStore;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.SessionStore;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.api.WorkerStore;

/** All stores over one data source and one pool of connections. */
public final class JdbcStorage implements AutoCloseable {
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
