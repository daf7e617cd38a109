package org.papertrader.relay.internal;

import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.MasterLink;
import org.papertrader.log.front.LogRing;
import org.papertrader.model.WorkerStatus;
import org.papertrader.sessions.api.ClientSessions;

/** Answers the master's question how this worker is (MST-19), at once: its clock is measured by the answer. */
@Component(service = LinkListener.class, property = "side=worker")
public final class StatusReporter implements LinkListener {
    private final Clock clock;
    private final Instant started =
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    private final Gate<MasterLink> links = new Gate<>("link to the master");
    private final Gate<ClientSessions> clients = new Gate<>("client management");
    private final Gate<PayloadCache> caches = new Gate<>("cache");
    private final Gate<Object> rings = new Gate<>("log");

    @Activate
    public StatusReporter() {
        this(Clock.systemUTC());
    }

    StatusReporter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void up() {
        // The master asks when it wants to know.
    }

    @Override
    public void down() {
        // Nobody asks.
    }

    @Override
    public void pushed(LinkPush push) {
        Lease<MasterLink> lease = push instanceof LinkPush.StatusAsked ? links.tryLease() : null;
        if (lease != null) {
            try (lease) {
                lease.service().tell(((LinkPush.StatusAsked) push).asked(), status());
            }
        }
    }

    private WorkerStatus status() {
        Runtime java = Runtime.getRuntime();
        return new WorkerStatus(
                clock.instant(),
                started,
                ask(clients, ClientSessions::connections, 0),
                ask(clients, ClientSessions::sessions, 0),
                ask(caches, cache -> cache(cache.stats()), WorkerStatus.Cache.NONE),
                new WorkerStatus.Memory(java.totalMemory() - java.freeMemory(), java.maxMemory()),
                ask(rings, RingNumbers::of, new WorkerStatus.Log(0, 0)));
    }

    private static WorkerStatus.Cache cache(CacheStats stats) {
        return new WorkerStatus.Cache(stats.entries(), stats.weightBytes(), stats.hits(), stats.misses());
    }

    /** What a service says, or something else while it is being swapped. */
    private static <S, R> R ask(Gate<S> gate, Function<S, R> question, R otherwise) {
        Lease<S> lease = gate.tryLease();
        if (lease == null) {
            return otherwise;
        }
        try (lease) {
            return question.apply(lease.service());
        }
    }

    @Reference(
            name = "link",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLink(MasterLink link, Map<String, Object> properties) {
        links.bind(link, properties);
    }

    void unbindLink(MasterLink link) {
        links.unbind(link);
    }

    @Reference(
            name = "clients",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindClients(ClientSessions sessions, Map<String, Object> properties) {
        clients.bind(sessions, properties);
    }

    void unbindClients(ClientSessions sessions) {
        clients.unbind(sessions);
    }

    @Reference(
            name = "cache",
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindCache(PayloadCache cache, Map<String, Object> properties) {
        caches.bind(cache, properties);
    }

    void unbindCache(PayloadCache cache) {
        caches.unbind(cache);
    }

    /** Of no type, as that is not there where the platform brings its own log. */
    @Reference(
            name = "ring",
            service = LogRing.class,
            policy = ReferencePolicy.DYNAMIC,
            cardinality = ReferenceCardinality.MULTIPLE,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindRing(Object ring, Map<String, Object> properties) {
        rings.bind(ring, properties);
    }

    void unbindRing(Object ring) {
        rings.unbind(ring);
    }
}
