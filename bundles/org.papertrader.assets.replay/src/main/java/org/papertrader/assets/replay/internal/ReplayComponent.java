package org.papertrader.assets.replay.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.ComponentFactory;
import org.osgi.service.component.ComponentInstance;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the data on a thread of its own, then registers the source. A change of configuration loads anew. */
@Component(
        service = {},
        immediate = true,
        configurationPid = ReplayComponent.PID)
@Designate(ocd = ReplayComponent.Config.class)
public final class ReplayComponent {
    static final String PID = "org.papertrader.assets.replay";

    private static final Logger LOG = LoggerFactory.getLogger(ReplayComponent.class);
    private static final long STOP_MILLIS = 1_500;

    private final ComponentFactory<ReplaySource> factory;
    private final Config config;
    private final SessionTimes times;
    private final AtomicReference<@Nullable Runnable> end = new AtomicReference<>();
    private final Thread loader = new Thread(this::load, "replay-loader");

    /** PID {@value #PID}. */
    @ObjectClassDefinition(name = "PaperTrader assets: replay", description = "Recorded bars as a source of prices")
    public @interface Config {
        @AttributeDefinition(
                description = "Folder of CSV files of bars, read recursively; empty for the data that is embedded")
        String directory() default "";

        @AttributeDefinition(description = "Time zone of the exchange, for local times and the session's close")
        String zone() default "America/New_York";

        @AttributeDefinition(description = "Local time at which a day's bar is final; 24:00 for the next midnight UTC")
        String sessionClose() default "16:00";

        @AttributeDefinition(description = "Preference among sources, higher first")
        int service_ranking() default 100;
    }

    @Activate
    public ReplayComponent(
            Config config,
            @Reference(target = "(component.factory=" + ReplaySource.FACTORY + ")")
                    ComponentFactory<ReplaySource> factory) {
        this.factory = factory;
        this.config = config;
        this.times = SessionTimes.parse(config.zone(), config.sessionClose());
        loader.setDaemon(true);
        loader.start();
    }

    @Deactivate
    void stop() throws InterruptedException {
        loader.interrupt();
        Runnable unregister = end.getAndSet(() -> {});
        if (unregister != null) {
            unregister.run();
        }
        loader.join(STOP_MILLIS);
    }

    private void load() {
        try {
            CsvLoader.Loaded loaded = config.directory().isBlank()
                    ? EmbeddedData.load(times)
                    : new CsvLoader(times, EmbeddedData.names()).directory(Path.of(config.directory()));
            LOG.info(
                    "{} bars of {} assets from {} files; {} files, {} bad rows and {} duplicates were skipped",
                    loaded.library().rows(),
                    loaded.library().listings().size(),
                    loaded.files(),
                    loaded.skippedFiles(),
                    loaded.badRows(),
                    loaded.duplicates());
            if (loaded.library().isEmpty()) {
                LOG.error("no bars in '{}'; there is no replay", config.directory());
            } else {
                register(loaded.library());
            }
        } catch (IOException e) {
            LOG.error("the data of '{}' cannot be read; there is no replay", config.directory(), e);
        }
    }

    @SuppressWarnings("JdkObsolete") // the factory takes nothing but a Dictionary
    private void register(BarLibrary library) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(ReplaySource.LIBRARY, library);
        properties.put("service.ranking", config.service_ranking());
        ComponentInstance<ReplaySource> instance = factory.newInstance(properties);
        if (!end.compareAndSet(null, instance::dispose)) {
            // Deactivated in the meantime.
            instance.dispose();
        }
    }
}
