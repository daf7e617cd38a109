package org.papertrader.link.internal;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.gate.Listeners;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.link.api.NoticeListener;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.link.internal.secure.WorkerHandshake;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.shell.text.Facts;
import org.papertrader.transport.api.StreamConnector;
import org.papertrader.transport.api.StreamPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Keeps one link to the master, whatever happens to it (WRK-2). Thread-safe, never blocks. */
final class MasterConnection implements Uplink.Events, WorkerStream.Owner {
    private static final Logger LOG = LoggerFactory.getLogger(MasterConnection.class);
    private static final long TICK_MILLIS = 250;
    private static final int PRESENCE_MAX = 10_000;
    /** So many attempts in a row, some ten seconds, may fail before the log says so. */
    static final int UNCONNECTED_UNTOLD = 8;

    /** Groups of notices that wait for a gateway, while the one there was is being swapped. */
    private static final int UNTOLD_MAX = 100;

    private final StreamConnector connector;
    private final Target target;
    private final ScheduledExecutorService timer;
    private final Edge edge;
    private final Executor work;
    private final Runnable onFirstUp;
    private final WaitingBytes waiting = new WaitingBytes(Long.MAX_VALUE);
    private final Backoff backoff = new Backoff();
    private final AtomicInteger notConnected = new AtomicInteger();
    private final Gate<FrameCodec> codecs = new Gate<>("codec");
    private final Gate<LinkListener> listeners = new Gate<>("link listener");
    private final Listeners<NoticeListener> notices =
            new Listeners<>("gateway", UNTOLD_MAX, e -> LOG.error("notices were not passed on", e));
    private volatile @Nullable WorkerStream stream;
    private volatile @Nullable Uplink current;
    private volatile boolean stopped;
    private volatile Runnable next = () -> {};
    /** Since when it is up, or down. */
    private volatile long turnedNanos = System.nanoTime();

    private volatile boolean wasEverUp;

    private String reported = "";

    /**
     * @param work for what costs computing
     * @param onFirstUp runs on the timer when the master first admitted this worker
     */
    MasterConnection(
            StreamConnector connector,
            Target target,
            ScheduledExecutorService timer,
            Executor work,
            Runnable onFirstUp) {
        this.work = work;
        this.connector = connector;
        this.target = target;
        this.timer = timer;
        this.edge = LinkEdge.on(timer);
        this.onFirstUp = onFirstUp;
    }

    /** Where the master is, and who calls. */
    record Target(String host, int port, Uplink.Setup setup) {}

    /**
     * What proves who is who.
     *
     * @param master the master's public key, read anew for each attempt, so that it may be replaced
     */
    record Proofs(OwnKey own, Supplier<Loaded<PeerKey>> master) {}

    Gate<FrameCodec> codecs() {
        return codecs;
    }

    Listeners<NoticeListener> notices() {
        return notices;
    }

    /** Begins to connect. */
    synchronized void start(Proofs proofs) {
        if (stopped) {
            return;
        }
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        next = () -> prepare(proofs);
        attempt();
    }

    private void attempt() {
        try {
            work.execute(next);
        } catch (RejectedExecutionException e) {
            connectLater();
        }
    }

    void stop() {
        synchronized (this) {
            stopped = true;
        }
        WorkerStream open = stream;
        if (open != null) {
            open.peer.close();
        }
    }

    CompletionStage<LinkReply> send(LinkRequest request) {
        Uplink link = current;
        if (link == null || !link.isUp()) {
            return CompletableFuture.failedFuture(new LinkDownException());
        }
        try {
            return link.send(request);
        } catch (BusyException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    void presence(List<Presence> changes) {
        Uplink link = current;
        if (link != null && link.isUp()) {
            Chunks.of(changes, PRESENCE_MAX).forEach(link::presence);
        }
    }

    void tell(StatusBodies.Told told) {
        Uplink link = current;
        if (link != null && link.isUp()) {
            link.tell(told);
        }
    }

    boolean isUp() {
        Uplink link = current;
        return link != null && link.isUp();
    }

    /** For how long the link has been up, or down. */
    Duration turnedSince() {
        return Duration.ofNanos(System.nanoTime() - turnedNanos);
    }

    boolean wasEverUp() {
        return wasEverUp;
    }

    /** Where it leads, and why there was none last. */
    synchronized String where() {
        return target.host() + ":" + target.port() + (reported.isEmpty() ? "" : " (" + reported + ")");
    }

    List<MetricFamily> metrics() {
        Uplink link = current;
        boolean up = link != null && link.isUp();
        return waiting.traffic.metrics("worker", up ? 1 : 0, waiting.total(), link == null ? 0 : link.inFlight());
    }

    /** A row for the shell. */
    Facts link() {
        Uplink link = current;
        boolean up = link != null && link.isUp();
        return new Facts()
                .add("end", "worker")
                .add("state", up ? "linked" : "no link")
                .add("worker", link == null ? target.setup().server().uuid() : link.worker())
                .add("address", target.host() + ":" + target.port())
                .add("inFlight", link == null ? 0 : link.inFlight())
                .add("roundTripUs", up && link != null ? TimeUnit.NANOSECONDS.toMicros(link.roundTripNanos()) : null);
    }

    void bindListener(LinkListener listener, Map<String, ?> properties) {
        listeners.bind(listener, properties);
        Uplink link = current;
        if (link != null) {
            link.peer.execute(() -> {
                if (link.isUp()) {
                    tell(each -> {
                        if (each == listener) {
                            each.up();
                        }
                    });
                }
            });
        }
    }

    void unbindListener(LinkListener listener) {
        listeners.unbind(listener);
    }

    /** On the threads that work with keys. */
    private void prepare(Proofs proofs) {
        if (stopped) {
            return;
        }
        Loaded<PeerKey> master = proofs.master().get();
        if (master instanceof Loaded.Good<PeerKey> good) {
            UUID worker = target.setup().server().uuid();
            connect(new WorkerHandshake(worker, proofs.own(), good.value(), Clock.systemUTC(), System::nanoTime));
        } else if (master instanceof Loaded.Bad<PeerKey> bad) {
            refused("the master's public key: " + bad.problem() + " (papertrader-worker init sets a worker up)");
        }
    }

    private void connect(WorkerHandshake handshake) {
        connector
                .connect(new InetSocketAddress(target.host(), target.port()), peer -> {
                    WorkerStream made = new WorkerStream(peer, work, this);
                    stream = made;
                    made.start(handshake);
                    return made;
                })
                .whenComplete((peer, failure) -> {
                    if (failure != null) {
                        notConnected(Failures.unwrap(failure));
                        connectLater();
                    } else if (stopped) {
                        peer.close();
                    }
                });
    }

    /** A master that starts at the same time is not worth a word; one that is not found for seconds is. */
    private void notConnected(Throwable failure) {
        String why = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        if (notConnected.incrementAndGet() < UNCONNECTED_UNTOLD) {
            LOG.debug("no connection to the master: {}", why);
        } else {
            report(why);
        }
    }

    private void connectLater() {
        if (!stopped) {
            try {
                timer.schedule(this::attempt, backoff.next(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopped meanwhile");
            }
        }
    }

    private void tick() {
        WorkerStream open = stream;
        if (open != null) {
            open.peer.execute(() -> open.tick(System.nanoTime(), Instant.now()));
        }
    }

    @Override
    public Uplink link(StreamPeer sealed) {
        Uplink link = new Uplink(sealed, target.setup(), codecs, edge, this, waiting);
        current = link;
        return link;
    }

    @Override
    public void refused(String why) {
        report(why);
        connectLater();
    }

    /** The same once only: an attempt follows the other. */
    private synchronized void report(String why) {
        if (!stopped && !why.equals(reported)) {
            reported = why;
            LOG.warn("no link to the master at {}:{}: {}", target.host(), target.port(), why);
        }
    }

    @Override
    public void up(Uplink link) {
        waiting.traffic.came.increment();
        LOG.info("linked to the master at {}:{}", target.host(), target.port());
        turnedNanos = System.nanoTime();
        backoff.reset();
        notConnected.set(0);
        synchronized (this) {
            reported = "";
        }
        if (!wasEverUp) {
            wasEverUp = true;
            timer.execute(onFirstUp);
        }
        tell(LinkListener::up);
    }

    @Override
    public void pushed(LinkPush push) {
        if (push instanceof LinkPush.Notices told) {
            notices.tell(listener -> listener.noticed(told.notices()));
        } else {
            tell(listener -> listener.pushed(push));
        }
    }

    @Override
    public void ended(Uplink link, boolean wasUp) {
        if (current == link) {
            current = null;
        }
        if (wasUp) {
            waiting.traffic.went.increment();
            turnedNanos = System.nanoTime();
            LOG.atLevel(stopped || ProgramEnd.hasBegun() ? Level.INFO : Level.WARN)
                    .log("link to the master lost");
            tell(LinkListener::down);
        }
        connectLater();
    }

    private void tell(Consumer<LinkListener> what) {
        for (Lease<LinkListener> lease : listeners.leaseAll()) {
            try (lease) {
                what.accept(lease.service());
            } catch (RuntimeException | LinkageError e) {
                // One listener's fault must not keep the others, or the link, from hearing.
                LOG.error("link listener failed", e);
            }
        }
    }
}
