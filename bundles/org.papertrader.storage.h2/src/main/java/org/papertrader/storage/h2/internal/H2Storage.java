package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/**
 * Provides the stores from an H2 database file. The file is opened on a thread of its own; the stores are registered
 * when its schema is up to date. Two of these in one process share the engine and so the file: a new version opens it
 * before the old one lets go.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.papertrader.storage.h2",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = H2Storage.Config.class)
public final class H2Storage {
    private static final String USER = "sa";

    private final Provider provider;

    /** The keys of {@code org.papertrader.storage.h2}. */
    @ObjectClassDefinition(name = "PaperTrader H2 storage", description = "The database file of the master.")
    @interface Config {
        @AttributeDefinition(description = "Directory of the database file; made when it is missing.")
        String directory();

        @AttributeDefinition(description = "Most connections at once; 2 to 100.", min = "2", max = "100")
        int connectionsMax() default 8;

        @AttributeDefinition(
                description = "How long a caller waits for a free connection, in milliseconds.",
                min = "1",
                max = "60000")
        int connectionPatienceMillis() default 2_000;

        @AttributeDefinition(description = "Memory for pages of the file, in MiB.", min = "1", max = "65536")
        int cacheMegabytes() default 64;
    }

    /** Begins to open the database and returns at once. */
    @Activate
    public H2Storage(
            BundleContext context,
            Config config,
            @Reference(target = "(osgi.jdbc.driver.class=org.h2.Driver)") DataSourceFactory engine) {
        Path directory = Path.of(config.directory());
        PoolSettings pool =
                new PoolSettings(config.connectionsMax(), Duration.ofMillis(config.connectionPatienceMillis()));
        String url = H2Files.url(directory, config.cacheMegabytes());
        provider = new Provider(context, directory, () -> {
            H2Files.prepare(directory);
            return JdbcStorage.open(dataSource(engine, url), new H2Dialect(), pool, Clock.systemUTC());
        });
        provider.start();
    }

    @Deactivate
    void deactivate() {
        provider.close();
    }

    private static DataSource dataSource(DataSourceFactory engine, String url) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        properties.setProperty(DataSourceFactory.JDBC_USER, USER);
        properties.setProperty(DataSourceFactory.JDBC_PASSWORD, "");
        return engine.createDataSource(properties);
    }
}
