package org.papertrader.marketdata.internal;

import static org.osgi.service.component.annotations.ReferenceCardinality.MULTIPLE;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.forecast.api.Forecast;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.PriceListener;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.storage.api.MarketStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the engine and registers its services as soon as it can answer. Every change of configuration takes effect live. */
@Component(service = MarketDataComponent.class, immediate = true, configurationPid = MarketDataComponent.PID)
@Designate(ocd = MarketDataComponent.Config.class)
public final class MarketDataComponent {
    static final String PID = "org.papertrader.marketdata";

    private static final Logger LOG = LoggerFactory.getLogger(MarketDataComponent.class);

    private final BundleContext context;
    private final MarketEngine.Gates gates = new MarketEngine.Gates();
    private final MarketEngine engine;
    private final AtomicReference<@Nullable Runnable> end = new AtomicReference<>();

    /** PID {@value #PID}. */
    @ObjectClassDefinition(
            name = "PaperTrader market data",
            description = "Which assets are retrieved, how often, from where, and how a replay runs")
    public @interface Config {
        @AttributeDefinition(
                description =
                        "VAR-1: symbols to retrieve; * for all that the sources list; @path for a file of symbols")
        String[] symbols() default "*";

        @AttributeDefinition(
                min = "100",
                max = "604800000",
                description = "VAR-4: update interval, in milliseconds of wall time, 100 and up")
        long intervalMs() default 5_000;

        @AttributeDefinition(
                description =
                        "Market time at which a replay begins on its very first start; empty for a year after its first bar")
        String marketStart() default "";

        @AttributeDefinition(
                min = "1",
                max = "1000000",
                description = "Market seconds per wall second of a replay; 17280 is a market day every 5 seconds")
        int acceleration() default 17_280;

        @AttributeDefinition(description = "Ids of sources, the preferred first; others follow by service ranking")
        String[] sourcePreference() default {};

        @AttributeDefinition(
                min = "2",
                description = "A price more than this many times the last one, or less than that part, is held back")
        int jumpFactor() default 3;
    }

    @Activate
    public MarketDataComponent(BundleContext context, Config config) {
        this.context = context;
        this.engine = new MarketEngine(
                Clock.systemUTC(), gates, Settings.of(config), new ServiceSuccession(context), this::register);
    }

    @Activate
    void start() {
        engine.start();
    }

    @Modified
    void modified(Config config) {
        try {
            engine.settings(Settings.of(config));
        } catch (IllegalArgumentException e) {
            LOG.error("the configuration of {} is not valid; the last valid one stays: {}", PID, e.getMessage());
        }
    }

    @Deactivate
    void stop() throws InterruptedException {
        Runnable unregister = end.getAndSet(() -> {});
        if (unregister != null) {
            unregister.run();
        }
        engine.close();
    }

    MarketEngine engine() {
        return engine;
    }

    private void register() {
        String[] services = {MarketData.class.getName(), Prices.class.getName(), MarketClock.class.getName()};
        ServiceRegistration<?> registration = context.registerService(
                services, new MarketServices(engine), FrameworkUtil.asDictionary(Map.of("side", "master")));
        if (!end.compareAndSet(null, registration::unregister)) {
            // Deactivated in the meantime.
            registration.unregister();
        }
    }

    @Reference(name = "assetSources", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindAssetSource(AssetSource source, Map<String, Object> properties) {
        gates.sources().bind(source, properties);
        engine.sourcesChanged();
    }

    void unbindAssetSource(AssetSource source) {
        gates.sources().unbind(source);
    }

    @Reference(name = "marketStore", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindMarketStore(MarketStore store, Map<String, Object> properties) {
        gates.store().bind(store, properties);
    }

    void unbindMarketStore(MarketStore store) {
        gates.store().unbind(store);
    }

    @Reference(name = "forecast", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindForecast(Forecast forecast, Map<String, Object> properties) {
        gates.forecasts().bind(forecast, properties);
    }

    void unbindForecast(Forecast forecast) {
        gates.forecasts().unbind(forecast);
    }

    @Reference(name = "intervalParticipants", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindParticipant(IntervalParticipant participant, Map<String, Object> properties) {
        gates.participants().bind(participant, properties);
    }

    void unbindParticipant(IntervalParticipant participant) {
        gates.participants().unbind(participant);
    }

    @Reference(name = "priceListeners", policy = DYNAMIC, cardinality = MULTIPLE, policyOption = GREEDY)
    void bindPriceListener(PriceListener listener, Map<String, Object> properties) {
        gates.listeners().bind(listener, properties);
    }

    void unbindPriceListener(PriceListener listener) {
        gates.listeners().unbind(listener);
    }
}
