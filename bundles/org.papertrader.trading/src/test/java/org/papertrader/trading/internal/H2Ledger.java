package org.papertrader.trading.internal;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.jdbc.Dialect;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/** The real storage on H2, opened as its bundle does. */
final class H2Ledger implements AutoCloseable {
    private final JdbcStorage storage;

    H2Ledger(Path directory) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + directory.resolve("papertrader").toAbsolutePath()
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE=64;CACHE_SIZE=65536");
        source.setUser("sa");
        source.setPassword("");
        storage = JdbcStorage.open(source, dialect(), new PoolSettings(8, Duration.ofSeconds(5)), Clock.systemUTC());
    }

    LedgerStore store() {
        return storage.ledger();
    }

    @Override
    public void close() {
        storage.close();
    }

    /** The bundle keeps its dialect to itself. */
    private static Dialect dialect() {
        try {
            Constructor<?> constructor = Class.forName("org.papertrader.storage.h2.internal.H2Dialect")
                    .getDeclaredConstructor();
            constructor.setAccessible(true);
            return (Dialect) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
