package org.papertrader.master.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.papertrader.accounts.api.Accounts;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TradingTerms;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.api.ClientHandler;
import org.papertrader.transport.api.IncomingRequest;
import org.papertrader.workers.api.Workers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's outermost edge: its configuration and the gates to its modules. Which side they are of is told by the
 * configuration ({@code accounts.target} and so on).
 */
@Component(
        configurationPid = MasterConfig.PID,
        // Not delayed: presence must be remembered while nobody holds the service.
        immediate = true,
        service = {LinkRequestHandler.class, ClientHandler.class, MetricSource.class, RouterComponent.class},
        property = "side=master")
@Designate(ocd = MasterConfig.class)
public final class RouterComponent implements LinkRequestHandler, ClientHandler, MetricSource {
    private static final Logger LOG = LoggerFactory.getLogger(RouterComponent.class);

    private final Modules modules = new Modules();
    private final ScheduledExecutorService timer;
    private final PresenceBook presence = new PresenceBook(modules.presence());
    private final Clock clock;
    private final Facts facts;
    private final Router router;
    private final ClientDoor clients;
    private volatile MasterSettings settings;
    private volatile Edge edge;

    @Activate
    public RouterComponent(MasterConfig config) {
        this(MasterSettings.of(config), Clock.systemUTC());
    }

    RouterComponent(MasterSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "master-edge");
            thread.setDaemon(true);
            return thread;
        });
        edge = new Edge(settings.parkedMax(), settings.patience(), timer);
        facts = new Facts(modules.codec(), modules.terms(), () -> this.settings);
        router = new Router(modules, () -> this.edge, facts, clock);
        clients = new ClientDoor(router.info(), router.meter());
    }

    /** What is parked already keeps the patience that it was parked with. */
    @Modified
    void modified(MasterConfig config) {
        use(MasterSettings.of(config));
    }

    void use(MasterSettings changed) {
        settings = changed;
        edge = new Edge(changed.parkedMax(), changed.patience(), timer);
    }

    @Deactivate
    void deactivate() {
        router.close();
        timer.shutdown();
    }

    Modules modules() {
        return modules;
    }

    PresenceBook presenceBook() {
        return presence;
    }

    @Override
    public CompletionStage<LinkReply> handle(LinkRequest request) {
        return router.handle(request);
    }

    @Override
    public List<MetricFamily> metrics() {
        List<MetricFamily> all = new ArrayList<>(router.meter().metrics("master", Instruction::text));
        all.add(MetricFamily.gauge(
                "papertrader_parked_requests",
                "Requests that wait for a service that is being swapped.",
                List.of(Sample.of(Map.of("side", "master"), edge.parked()))));
        return all;
    }

    @Override
    public void presence(UUID worker, List<Presence> changes) {
        presence.changed(worker, changes);
    }

    @Override
    public List<LinkPush> welcome(UUID worker) {
        presence.welcome(worker);
        List<LinkPush> first = new ArrayList<>();
        Lease<MarketData> market = modules.marketData().tryLease();
        if (market != null) {
            try (market) {
                market.service()
                        .status()
                        .flatMap(status -> facts.info(status, clock.instant())
                                .map(info -> new LinkPush.Market(info, status.source(), List.of())))
                        .ifPresent(first::add);
            }
        }
        Lease<Workers> workers = modules.workers().tryLease();
        if (workers != null) {
            try (workers) {
                first.add(new LinkPush.WorkerList(InfoDesk.list(workers.service(), worker)));
            } catch (UnavailableException e) {
                // The register is being swapped: until it is there, a worker asks for the list.
                LOG.debug("worker {} is welcomed without the list of workers: {}", worker, e.getMessage());
            }
        }
        return first;
    }

    @Override
    public void opened(ClientConnection connection) {
        // A client of the master has no state.
    }

    @Override
    public void request(ClientConnection connection, IncomingRequest request) {
        clients.request(connection, request);
    }

    @Override
    public void closed(ClientConnection connection) {
        // What is still under way is dropped by the transport.
    }

    @Reference(
            name = "accounts",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAccounts(Accounts one, Map<String, Object> properties) {
        modules.accounts().bind(one, properties);
    }

    void unbindAccounts(Accounts one) {
        modules.accounts().unbind(one);
    }

    @Reference(
            name = "sessions",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindSessions(Sessions one, Map<String, Object> properties) {
        modules.sessions().bind(one, properties);
    }

    void unbindSessions(Sessions one) {
        modules.sessions().unbind(one);
    }

    @Reference(
            name = "presence",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPresence(PresenceListener one, Map<String, Object> properties) {
        modules.presence().bind(one, properties);
        presence.repeat(one);
    }

    void unbindPresence(PresenceListener one) {
        modules.presence().unbind(one);
    }

    @Reference(
            name = "trading",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTrading(Trading one, Map<String, Object> properties) {
        modules.trading().bind(one, properties);
    }

    void unbindTrading(Trading one) {
        modules.trading().unbind(one);
    }

    @Reference(
            name = "terms",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindTerms(TradingTerms one, Map<String, Object> properties) {
        modules.terms().bind(one, properties);
    }

    void unbindTerms(TradingTerms one) {
        modules.terms().unbind(one);
    }

    @Reference(
            name = "marketData",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindMarketData(MarketData one, Map<String, Object> properties) {
        modules.marketData().bind(one, properties);
    }

    void unbindMarketData(MarketData one) {
        modules.marketData().unbind(one);
    }

    @Reference(
            name = "workers",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkers(Workers one, Map<String, Object> properties) {
        modules.workers().bind(one, properties);
    }

    void unbindWorkers(Workers one) {
        modules.workers().unbind(one);
    }

    @Reference(
            name = "codec",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCodec(PayloadCodec one, Map<String, Object> properties) {
        modules.codec().bind(one, properties);
    }

    void unbindCodec(PayloadCodec one) {
        modules.codec().unbind(one);
    }

    /** The register of workers, for whoever pushes the list. */
    Gate<Workers> workers() {
        return modules.workers();
    }
}
