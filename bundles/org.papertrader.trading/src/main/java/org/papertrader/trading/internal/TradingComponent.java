package org.papertrader.trading.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.model.Money;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.OrderListener;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TradingTerms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of trading on the master: collects what it needs, starts the engine, and registers {@link Trading}, its
 * {@link TradingTerms} and {@link IntervalParticipant} once everything is loaded.
 */
@Component(
        service = {TradingComponent.class, MetricSource.class},
        immediate = true,
        configurationPid = TradingComponent.PID)
@Designate(ocd = TradingComponent.Config.class)
public final class TradingComponent implements MetricSource {
    static final String PID = "org.papertrader.trading";

    private static final Logger LOG = LoggerFactory.getLogger(TradingComponent.class);

    /** Configuration, PID {@code org.papertrader.trading}. */
    @ObjectClassDefinition(id = PID, name = "PaperTrader trading")
    public @interface Config {
        /** Cash of a new account. */
        @AttributeDefinition(description = "Cash of a new account, decimal text with at most 4 decimals.")
        String startingCash() default "100000";

        /** Currency of cash. */
        @AttributeDefinition(description = "Currency of all cash, the commodity's name in the ledger.")
        String currency() default "USD";

        /** Reserve above the last price. */
        @AttributeDefinition(
                min = "0",
                max = "1000",
                description = "What a buy order reserves above its last price, percent, 0 to 1000.")
        int reserveMarginPercent() default 5;

        /** Fee of a trade. */
        @AttributeDefinition(description = "Fee of every order that goes through, decimal text.")
        String fee() default "0";

        /** Oldest price that fills. */
        @AttributeDefinition(min = "0", description = "Oldest price that fills an order, milliseconds of market time.")
        long priceAgeMaxMs() default 604_800_000;

        /** Open orders of one account. */
        @AttributeDefinition(min = "1", description = "Most open orders of one account.")
        int openOrdersMax() default 1_000;

        /** Orders under way. */
        @AttributeDefinition(
                min = "1",
                description = "Most orders and cancels that wait for their answer; more get 'busy'.")
        int queueDepthMax() default 100_000;

        /** Weight of stamps. */
        @AttributeDefinition(
                min = "0",
                description = "How far a worker's stamp counts before or after its arrival, milliseconds.")
        long stampLagMaxMs() default 10_000;

        /** Size of settlement slices. */
        @AttributeDefinition(
                min = "1",
                max = "5000",
                description = "Most orders that one commit of a settlement ends, 1 to 5000.")
        int sliceOrdersMax() default 5_000;

        /** Patience with the storage. */
        @AttributeDefinition(min = "0", description = "How long orders wait while the storage is away, milliseconds.")
        long storagePatienceMs() default 8_000;
    }

    private final TradingGates gates = new TradingGates();
    private final Publication services = new Publication();
    private final Publication commands = new Publication();
    private final Publication section = new Publication();
    private final BundleContext context;
    private final TradingHouse house;
    private final Succession succession;
    private volatile TradingSettings settings;

    @Activate
    public TradingComponent(BundleContext context, ComponentContext component, Config config) {
        this.context = context;
        this.succession = new Succession(context, this::check, () -> beginAnew(component));
        this.settings = settings(config);
        this.house = new TradingHouse(gates, Clock.systemUTC(), () -> settings, new TradingEngine.Lifecycle() {
            @Override
            public void ready() {
                publish();
            }

            @Override
            public void gone() {
                services.withdraw();
                if (succession.lost()) {
                    LOG.info("Another version trades now: this one stands back");
                    // The other version has the same commands, and only its own can answer.
                    commands.withdraw();
                    section.withdraw();
                } else {
                    LOG.error(
                            "Trading stops here, for what was logged before; it begins again with this bundle's start");
                }
            }
        });
    }

    private void check() {
        house.check();
    }

    /** With all that was made for this one: it deactivates, and is activated again, as do those that refer to it. */
    private static void beginAnew(ComponentContext component) {
        LOG.info("No newer version runs any more: trading begins anew here");
        // Not on the thread that stops a bundle, nor on one that deactivating waits for.
        Thread thread = new Thread(
                () -> {
                    component.disableComponent(TradingComponent.class.getName());
                    component.enableComponent(TradingComponent.class.getName());
                },
                "trading-succession");
        thread.setDaemon(true);
        thread.start();
    }

    @Activate
    void start() {
        if (!succession.open()) {
            LOG.info("A newer version runs: trading waits here until that has gone");
            house.standBack();
            return;
        }
        Map<String, Object> properties =
                Map.of("osgi.command.scope", QueueCommands.SCOPE, "osgi.command.function", QueueCommands.FUNCTIONS);
        commands.publish(() ->
                context.registerService(QueueCommands.class, house.commands(), FrameworkUtil.asDictionary(properties)));
        Map<String, Object> sectionProperties = Map.of(
                "osgi.command.scope",
                QueueSection.SECTION_SCOPE,
                "osgi.command.function",
                QueueSection.SECTION_FUNCTIONS);
        section.publish(() -> context.registerService(
                QueueSection.class, new QueueSection(house::inspect), FrameworkUtil.asDictionary(sectionProperties)));
        house.start();
    }

    @Modified
    void modified(Config config) {
        try {
            settings = settings(config);
        } catch (IllegalArgumentException e) {
            LOG.error("The configuration is wrong, the one before stays: {}", e.getMessage());
        }
    }

    /** While the services go, their callers' gates wait for what is under way; only then the engine stops. */
    @Deactivate
    void stop() {
        succession.close();
        services.withdraw();
        commands.withdraw();
        section.withdraw();
        house.stop();
    }

    @Override
    public List<MetricFamily> metrics() {
        return house.metrics();
    }

    TradingHouse house() {
        return house;
    }

    private void publish() {
        Map<String, Object> properties = Map.of("side", "master");
        String[] names = {Trading.class.getName(), TradingTerms.class.getName(), IntervalParticipant.class.getName()};
        services.publish(() -> context.registerService(names, house.trading(), FrameworkUtil.asDictionary(properties)));
    }

    private static TradingSettings settings(Config config) {
        return new TradingSettings(
                Money.parse(config.startingCash()),
                config.currency(),
                config.reserveMarginPercent(),
                Money.parse(config.fee()),
                Duration.ofMillis(config.priceAgeMaxMs()),
                config.openOrdersMax(),
                config.queueDepthMax(),
                Duration.ofMillis(config.stampLagMaxMs()),
                config.sliceOrdersMax(),
                Duration.ofMillis(config.storagePatienceMs()));
    }

    @Reference(
            name = "sessions",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessions(Sessions service, Map<String, Object> properties) {
        gates.sessions().bind(service, properties);
    }

    void unbindSessions(Sessions service) {
        gates.sessions().unbind(service);
    }

    @Reference(
            name = "storage",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindStore(LedgerStore service, Map<String, Object> properties) {
        gates.store().bind(service, properties);
    }

    void unbindStore(LedgerStore service) {
        gates.store().unbind(service);
    }

    @Reference(
            name = "prices",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPrices(Prices service, Map<String, Object> properties) {
        gates.prices().bind(service, properties);
    }

    void unbindPrices(Prices service) {
        gates.prices().unbind(service);
    }

    @Reference(
            name = "marketClock",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMarketClock(MarketClock service, Map<String, Object> properties) {
        gates.marketClock().bind(service, properties);
    }

    void unbindMarketClock(MarketClock service) {
        gates.marketClock().unbind(service);
    }

    @Reference(
            name = "orderListeners",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindListeners(OrderListener service, Map<String, Object> properties) {
        gates.listeners().bind(service, properties);
    }

    void unbindListeners(OrderListener service) {
        gates.listeners().unbind(service);
    }
}
