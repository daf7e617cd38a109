package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/** The real storage without a framework. It is in this package because the storage's own parts are not public. */
public final class BenchStorage {
    private static final int CONNECTIONS = 8;
    private static final int CACHE_MEGABYTES = 64;

    private BenchStorage() {}

    /** Opens a database exactly as the bundle does with its default configuration. */
    public static JdbcStorage open(Path directory) throws IOException {
        H2Files.prepare(directory);
        PoolSettings pool = new PoolSettings(CONNECTIONS, Duration.ofSeconds(2));
        return JdbcStorage.open(source(directory), new H2Dialect(), pool, Clock.systemUTC());
    }

    /** A data source with the same settings of H2. */
    public static DataSource source(Path directory) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(H2Files.url(directory, CACHE_MEGABYTES));
        source.setUser("sa");
        source.setPassword("");
        return source;
    }
}
