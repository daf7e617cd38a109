package org.papertrader.link.internal;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.link.api.LinkDownException;
import org.papertrader.link.api.LinkListener;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.sessions.api.PresenceListener.Presence;
import org.papertrader.transport.api.StreamConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one link to the master, whatever happens to it (WRK-2). Thread-safe, never blocks. */
final class MasterConnection implements Uplink.Events {
    private static final Logger LOG = LoggerFactory.getLogger(MasterConnection.class);
    private static final long TICK_MILLIS = 250;
    private static final int PRESENCE_MAX = 10_000;

    private final StreamConnector connector;
    private final Target target;
    private final ScheduledExecutorService timer;
    private final Edge edge;
    private final Runnable onFirstUp;
    private final Backoff backoff = new Backoff();
    private final Gate<FrameCodec> codecs = new Gate<>("codec");
    private final Gate<LinkListener> listeners = new Gate<>("link listener");
    private volatile @Nullable Uplink current;
    private volatile boolean stopped;
    private boolean wasEverUp;

    /** @param onFirstUp runs on the timer when the master first admitted this worker */
    MasterConnection(StreamConnector connector, Target target, ScheduledExecutorService timer, Runnable onFirstUp) {
        this.connector = connector;
        this.target = target;
        this.timer = timer;
        this.edge = LinkEdge.on(timer);
        this.onFirstUp = onFirstUp;
    }

    /** Where the master is, and who calls. */
    record Target(String host, int port, Uplink.Setup setup) {}

    Gate<FrameCodec> codecs() {
        return codecs;
    }

    /** Begins to connect. */
    void start() {
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        timer.execute(this::connect);
    }

    void stop() {
        stopped = true;
        Uplink link = current;
        if (link != null) {
            link.peer.close();
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

    /** One line for the shell. */
    String status() {
        Uplink link = current;
        String where = target.host() + ":" + target.port();
        if (link == null || !link.isUp()) {
            return "worker " + target.setup().hello().server().uuid() + ": no link to " + where;
        }
        return "worker " + link.worker() + ": linked to " + where + ", in flight " + link.inFlight() + ", round trip "
                + TimeUnit.NANOSECONDS.toMicros(link.roundTripNanos()) + " us";
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

    private void connect() {
        if (stopped) {
            return;
        }
        connector
                .connect(new InetSocketAddress(target.host(), target.port()), peer -> {
                    Uplink link = new Uplink(peer, target.setup(), codecs, edge, this);
                    current = link;
                    link.begin();
                    return link;
                })
                .whenComplete((peer, failure) -> {
                    if (failure != null) {
                        LOG.debug(
                                "no connection to the master: {}",
                                Failures.unwrap(failure).toString());
                        connectLater();
                    } else if (stopped) {
                        peer.close();
                    }
                });
    }

    private void connectLater() {
        if (!stopped) {
            try {
                timer.schedule(this::connect, backoff.next(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("stopped meanwhile");
            }
        }
    }

    private void tick() {
        Uplink link = current;
        if (link != null) {
            link.peer.execute(() -> {
                if (!link.isOver()) {
                    link.tick(System.nanoTime());
                }
            });
        }
    }

    @Override
    public void up(Uplink link) {
        LOG.info("linked to the master at {}:{}", target.host(), target.port());
        backoff.reset();
        if (!wasEverUp) {
            wasEverUp = true;
            timer.execute(onFirstUp);
        }
        tell(LinkListener::up);
    }

    @Override
    public void pushed(LinkPush push) {
        tell(listener -> listener.pushed(push));
    }

    @Override
    public void ended(Uplink link, boolean wasUp) {
        if (current == link) {
            current = null;
        }
        if (wasUp) {
            LOG.warn("link to the master lost");
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
