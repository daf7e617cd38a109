package org.papertrader.storage.h2.internal;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.jdbc.Batches;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/**
 * Commits one order after the other into the database of the URL given, and says the number of each on a line of its
 * own once it is committed; until it is killed.
 */
final class KilledWriter {
    private static final int ORDERS_MAX = 1_000_000;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(arguments[0]);
        source.setUser("sa");
        source.setPassword("");
        LedgerStore ledger = JdbcStorage.open(
                        source, new H2Dialect(), new PoolSettings(2, Duration.ofSeconds(5)), Clock.systemUTC())
                .ledger();
        long epoch = ledger.takeEpoch();
        PrintStream out = System.out;
        Batches batches = new Batches();
        for (long id = 1; id <= ORDERS_MAX; id++) {
            if (id % 3 == 0) {
                batches.fill(id - 1, 1, id / 3);
            }
            if (!(ledger.commit(epoch, batches.open(id, 1).take()) instanceof CommitResult.Committed)) {
                throw new IllegalStateException("order " + id + " was not committed");
            }
            out.println(id);
            out.flush();
        }
    }
}
