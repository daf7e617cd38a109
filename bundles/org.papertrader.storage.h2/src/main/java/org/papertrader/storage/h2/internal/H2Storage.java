package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.storage.jdbc.PoolSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Provides the stores from an H2 database file. The file is opened on a thread of its own; the stores are registered
 * when its schema is up to date. Two of these in one process share the engine and so the file: a new version opens it
 * before the old one lets go.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = H2Storage.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = H2Storage.Config.class)
public final class H2Storage {
    static final String PID = "org.papertrader.storage.h2";

    private static final Logger LOG = LoggerFactory.getLogger(H2Storage.class);

    private final Provider provider;
    private final DataSourceFactory factory;
    private final Path configured;

    /** The keys of {@code org.papertrader.storage.h2}. */
    @ObjectClassDefinition(name = "PaperTrader H2 storage", description = "The database file of the master.")
    @interface Config {
        @AttributeDefinition(
                description = "Directory of the database file; made when it is missing. storage:move changes it.")
        String directory();

        @AttributeDefinition(
                description =
                        "File that notes where the database was last, so that no empty one takes its place; empty:"
                                + " none.")
        String placeFile() default "";

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
        this.factory = engine;
        this.configured = H2Files.normal(config.directory());
        H2Engine opening = engine(config);
        PlaceRecord record = new PlaceRecord(config.placeFile().isEmpty() ? null : H2Files.normal(config.placeFile()));
        Clock clock = Clock.systemUTC();
        provider = new Provider(context, configured, () -> {
            Places.Opened opened = new Places(opening, record, clock).open(configured);
            return new Mover(opening, record, opened, clock);
        });
        provider.start();
    }

    /**
     * Takes other sizes of the pool and the cache. Never another directory: nobody who writes a line in a file means to
     * leave all accounts behind.
     */
    @Modified
    void modified(Config config) {
        Mover open = provider.opened();
        Path wanted = H2Files.normal(config.directory());
        Path used = open == null ? configured : open.directory();
        if (!wanted.equals(used)) {
            LOG.error(
                    "The database stays in {}: storage:move {} moves it to the directory configured; to use another"
                            + " database that is there, restart. Until then: config:set {} directory {}",
                    used,
                    wanted,
                    PID,
                    used);
        }
        if (open != null) {
            open.reconnect(engine(config));
        }
    }

    @Deactivate
    void deactivate() {
        provider.close();
    }

    private H2Engine engine(Config config) {
        return new H2Engine(
                factory,
                new PoolSettings(config.connectionsMax(), Duration.ofMillis(config.connectionPatienceMillis())),
                config.cacheMegabytes());
    }
}
