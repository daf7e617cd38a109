package org.papertrader.assets.replay.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.assets.api.AssetSource;
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

    private final BundleContext context;
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
    public ReplayComponent(BundleContext context, Config config) {
        this.context = context;
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

    private void register(BarLibrary library) {
        ServiceRegistration<AssetSource> registration = context.registerService(
                AssetSource.class,
                new ReplaySource(library),
                FrameworkUtil.asDictionary(Map.of("service.ranking", config.service_ranking())));
        if (!end.compareAndSet(null, registration::unregister)) {
            // Deactivated in the meantime.
            registration.unregister();
        }
    }
}
