package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Properties;
import javax.sql.DataSource;
import org.osgi.service.jdbc.DataSourceFactory;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.MoveTarget;
import org.papertrader.storage.jdbc.PoolSettings;

/**
 * Opens databases, all in the same manner.
 *
 * @param cacheMegabytes memory for pages of each
 */
record H2Engine(DataSourceFactory factory, PoolSettings pool, int cacheMegabytes) {
    private static final String USER = "sa";

    /** Makes the directory and the database in it if they are missing. */
    JdbcStorage open(Path directory, Clock clock) throws SQLException {
        return JdbcStorage.open(source(directory), new H2Dialect(), pool, clock);
    }

    MoveTarget target(Path directory) throws SQLException {
        return new MoveTarget(directory.toString(), source(directory), pool);
    }

    DataSource source(Path directory) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, H2Files.url(directory, cacheMegabytes));
        properties.setProperty(DataSourceFactory.JDBC_USER, USER);
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, "");
        return factory.createDataSource(properties);
    }
}
