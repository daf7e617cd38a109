package org.papertrader.storage.h2.internal;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.h2.Driver;
import org.h2.util.OsgiDataSourceFactory;
import org.papertrader.storage.jdbc.PoolSettings;

/** What the component makes of its configuration, for tests. */
final class Engines {
    private Engines() {}

    static H2Engine engine() {
        return new H2Engine(new OsgiDataSourceFactory(Driver.load()), new PoolSettings(4, Duration.ofSeconds(5)), 16);
    }

    /** As a start of the program does it. */
    static Places.Opened open(Path configured, PlaceRecord record) throws Exception {
        return new Places(engine(), record, Clock.systemUTC()).open(configured);
    }

    static Places.Opened open(Path configured) throws Exception {
        return open(configured, new PlaceRecord(null));
    }
}
