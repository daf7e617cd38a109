package org.papertrader.link.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Lease;
import org.papertrader.gate.UnavailableException;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkRequestHandler;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.shell.text.Facts;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers;
import org.papertrader.workers.api.Workers.Admission;
import org.papertrader.workers.api.Workers.Knock;
import org.papertrader.workers.api.Workers.WorkerHello;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The links of all workers, at the master. Thread-safe, never blocks. */
final class WorkerConnections implements Downlink.Events, MasterStream.Gatekeeper {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerConnections.class);
    private static final long TICK_MILLIS = 500;
    /** What a register that newly came needs to load. */
    private static final long LOAD_MILLIS = 50;

    private final MasterServices services;
    private final ScheduledExecutorService timer;
    private final Executor work;
    private volatile MasterStream.@Nullable Means means;
    private final Set<MasterStream> all = ConcurrentHashMap.newKeySet();
    private final Map<UUID, Downlink> admitted = new ConcurrentHashMap<>();
    private final Set<UUID> unwelcomed = ConcurrentHashMap.newKeySet();
    private final Map<UUID, WorkerHello> hellos = new ConcurrentHashMap<>();
    private final Set<UUID> unregistered = ConcurrentHashMap.newKeySet();
    private final Object admission = new Object();
    private CompletionStage<Void> pushes = CompletableFuture.completedFuture(null);

    private volatile boolean stopped;

    /** @param work for what costs computing */
    WorkerConnections(MasterServices services, ScheduledExecutorService timer, Executor work) {
        this.services = services;
        this.timer = timer;
        this.work = work;
    }

    /** From now on workers are listened to. */
    void start(OwnKey own) {
        means = new MasterStream.Means(own, new HandshakeSlots(), new KnownKeys(), work, new LogBudget(LOG));
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopped = true;
        all.forEach(stream -> stream.peer.close());
    }

    StreamHandler accept(StreamPeer peer) {
        MasterStream stream = new MasterStream(peer, this);
        all.add(stream);
        return stream;
    }

    @Override
    public MasterStream.Means means() {
        return Objects.requireNonNull(means, "no key yet");
    }

    @Override
    public Knock knock(UUID worker, StreamPeer peer) {
        Lease<Workers> lease = services.workers.tryLease();
        if (lease == null) {
            return new Knock.Stranger("there is no register of workers");
        }
        try (lease) {
            return lease.service().knock(worker, peer.remoteAddress());
        }
    }

    @Override
    public Downlink link(StreamPeer sealed, UUID worker, PeerKey key) {
        return new Downlink(sealed, worker, key.fingerprint(), services, this);
    }

    @Override
    public void gone(MasterStream stream) {
        all.remove(stream);
    }

    private void tick() {
        Instant now = Instant.now();
        for (MasterStream stream : all) {
            stream.peer.execute(() -> stream.tick(System.nanoTime(), now));
        }
        unregistered.forEach(this::admitAgain);
    }

    /** A register came: it does not know yet which workers are connected. */
    void registerCame(Workers register, Map<String, ?> properties) {
        services.workers.bind(register, properties);
        unregistered.addAll(admitted.keySet());
        timer.schedule(() -> unregistered.forEach(this::admitAgain), LOAD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Asked again at each tick until the register, which may still be loading, knows the worker. */
    private void admitAgain(UUID worker) {
        WorkerHello hello = hellos.get(worker);
        Downlink link = admitted.get(worker);
        if (hello == null || link == null) {
            unregistered.remove(worker);
            return;
        }
        services.withWorkers(register -> register.admit(hello, link.peer.remoteAddress()))
                .thenAccept(decision -> {
                    if (decision instanceof Admission.Admitted) {
                        unregistered.remove(worker);
                    }
                });
    }

    @Override
    public CompletionStage<Admission> admit(Downlink link, WorkerHello hello) {
        return services.withWorkers(register -> {
            @Nullable Downlink older = null;
            Admission decision;
            synchronized (admission) {
                decision = register.admit(hello, link.peer.remoteAddress());
                if (decision instanceof Admission.Admitted) {
                    older = admitted.put(hello.server().uuid(), link);
                    hellos.put(hello.server().uuid(), hello);
                }
            }
            if (older != null) {
                older.broken("the same worker connected anew");
            }
            return decision;
        });
    }

    @Override
    public void up(Downlink link, UUID worker) {
        services.waiting.traffic.came.increment();
        LOG.info("worker {} linked from {}", worker, link.peer.remoteAddress().getHostAddress());
        welcome(worker);
    }

    private void welcome(UUID worker) {
        services.welcome(worker).whenComplete((first, failure) -> {
            if (failure == null) {
                unwelcomed.remove(worker);
                first.forEach(push -> push(List.of(worker), push));
            } else {
                unwelcomed.add(worker);
            }
        });
    }

    /** A router came: it welcomes those that nobody has welcomed, and hears which sessions are in use. */
    void handlerCame(LinkRequestHandler handler, Map<String, ?> properties) {
        services.handlers.bind(handler, properties);
        unwelcomed.forEach(this::welcome);
        admitted.values().forEach(Downlink::tellAgain);
    }

    @Override
    public void ended(Downlink link, UUID worker) {
        synchronized (admission) {
            if (!admitted.remove(worker, link)) {
                return;
            }
            unwelcomed.remove(worker);
            unregistered.remove(worker);
            hellos.remove(worker);
        }
        services.waiting.traffic.went.increment();
        LOG.atLevel(stopped || ProgramEnd.hasBegun() ? Level.INFO : Level.WARN).log("link of worker {} lost", worker);
        services.withWorkers(register -> {
                    synchronized (admission) {
                        if (!admitted.containsKey(worker)) {
                            register.left(worker);
                        }
                    }
                    return worker;
                })
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        // A register that comes later begins with the links that stand then.
                        LOG.atLevel(Failures.unwrap(failure) instanceof UnavailableException ? Level.DEBUG : Level.WARN)
                                .setCause(failure)
                                .log("nobody to tell that worker {} left", worker);
                    }
                });
    }

    List<UUID> connected() {
        return List.copyOf(admitted.keySet());
    }

    void push(LinkPush push) {
        push(connected(), push);
    }

    /** Encodes once, one push after the other, so that they stay in order even where one must wait for a codec. */
    synchronized void push(List<UUID> to, LinkPush push) {
        Kind kind = PushBodies.kind(push);
        pushes = pushes.thenCompose(before -> services.encode(push)).handle((bodies, failure) -> {
            if (failure == null) {
                to.forEach(worker -> send(worker, kind, bodies));
            } else {
                // The workers must not go on without it: a new link begins with how all is then.
                LOG.error("push {} lost", kind, failure);
                to.forEach(worker -> close(worker, kind + " was not written"));
            }
            return null;
        });
    }

    private void send(UUID worker, Kind kind, List<byte[]> bodies) {
        Downlink link = admitted.get(worker);
        if (link != null) {
            link.push(worker, kind, bodies);
        }
    }

    void close(UUID worker, String text) {
        Downlink link = admitted.get(worker);
        if (link != null) {
            link.broken(text);
        }
    }

    List<MetricFamily> metrics() {
        int inFlight = admitted.values().stream().mapToInt(Downlink::inFlight).sum();
        return services.waiting.traffic.metrics("master", admitted.size(), services.waiting.total(), inFlight);
    }

    /** Rows for the shell. */
    List<Facts> links() {
        List<Facts> rows = new ArrayList<>();
        admitted.forEach((worker, connection) -> rows.add(new Facts()
                .add("end", "master")
                .add("state", "linked")
                .add("worker", worker)
                .add("address", connection.peer.remoteAddress().getHostAddress())
                .add("inFlight", connection.inFlight())
                .add("roundTripUs", TimeUnit.NANOSECONDS.toMicros(connection.roundTripNanos()))));
        return rows.isEmpty()
                ? List.of(new Facts()
                        .add("end", "master")
                        .add("state", "no worker is linked")
                        .add("worker", null)
                        .add("address", null)
                        .add("inFlight", 0)
                        .add("roundTripUs", null))
                : rows;
    }
}
