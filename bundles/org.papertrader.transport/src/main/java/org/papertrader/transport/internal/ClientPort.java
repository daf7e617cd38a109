package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientHandler;
import org.slf4j.LoggerFactory;

/** What the client connections of one port share: limits, codecs, the handler's gate, counters. Any thread. */
final class ClientPort {
    private static final AtomicLong IDS = new AtomicLong();

    final Codecs codecs = new Codecs();
    final Counters counters = new Counters();
    final QuietLog quietLog = new QuietLog(LoggerFactory.getLogger(ClientPort.class));
    private final Gate<ClientHandler> handlers;
    private final Map<EventLoop, LoopState> loops = new ConcurrentHashMap<>();
    private final Headcount arriving = new Headcount();
    private final Headcount connections = new Headcount();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile Limits limits;
    private volatile boolean stopping;

    ClientPort(String side, Limits limits) {
        this.handlers = new Gate<>("client handler of side " + side);
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    void limits(Limits newLimits) {
        limits = newLimits;
    }

    static long nextId() {
        return IDS.incrementAndGet();
    }

    Gate<ClientHandler> handlers() {
        return handlers;
    }

    LoopState loop(EventLoop loop) {
        return loops.computeIfAbsent(loop, key -> new LoopState(key, limits.sweepNanos()));
    }

    /** The loops that have had a connection of this port. */
    Set<EventLoop> eventLoops() {
        return Set.copyOf(loops.keySet());
    }

    int connections() {
        return connections.count();
    }

    /** Those that have not said what they are, or shake hands. */
    int arriving() {
        return arriving.count();
    }

    /** Counts in a connection that has not said what it is; false when it is one too many. */
    boolean arrives(InetAddress address) {
        Limits.Arrivals bounds = limits.arrivals();
        if (arriving.enter(address, bounds.max(), bounds.perAddressMax())) {
            return true;
        }
        counters.refused.increment();
        return false;
    }

    /** Counts out a connection that arrived, whatever became of it. */
    void arrived(InetAddress address) {
        arriving.leave(address);
    }

    /** Counts a client's connection in; false when it is one too many. */
    boolean admit(InetAddress address) {
        if (!connections.enter(address, limits.connectionsMax(), limits.connectionsPerAddressMax())) {
            completeWhenEmpty();
            counters.refused.increment();
            return false;
        }
        if (stopping) {
            left(address);
            counters.refused.increment();
            return false;
        }
        counters.opened.increment();
        return true;
    }

    /** Counts an admitted connection out. */
    void left(InetAddress address) {
        connections.leave(address);
        completeWhenEmpty();
    }

    private void completeWhenEmpty() {
        if (stopping && connections.count() == 0) {
            empty.complete(null);
        }
    }

    void bindHandler(ClientHandler handler, Map<String, ?> properties) {
        handlers.bind(handler, properties);
        forEach(ClientChannel::handlerCame);
    }

    /** Waits until the handler has answered what it took, at most the gate's limit; the rest is answered for it. */
    void unbindHandler(ClientHandler handler) {
        handlers.unbind(handler);
        forEach(connection -> connection.handlerLeft(handler));
    }

    void bindCodec(FrameCodec codec, Map<String, ?> properties) {
        codecs.bind(codec, properties);
        forEach(ClientChannel::resume);
    }

    void unbindCodec(FrameCodec codec) {
        codecs.unbind(codec);
        loops.values().forEach(LoopState::clearFrame);
    }

    /** Calls a handler under a lease, if it is still there. */
    void withHandler(ClientHandler handler, Consumer<ClientHandler> call) {
        for (Lease<ClientHandler> lease : handlers.leaseAll()) {
            try (lease) {
                if (lease.service() == handler) {
                    call.accept(handler);
                }
            }
        }
    }

    /** Ends all connections in order; completes when the last one is gone. */
    CompletableFuture<Void> stop() {
        stopping = true;
        Return last = new Return.Closing(Refusal.of(ReasonCode.SHUTTING_DOWN));
        forEach(connection -> connection.endWhenAnswered(last));
        completeWhenEmpty();
        return empty;
    }

    /** After {@link #stop}: cuts what is still there. */
    void cut() {
        forEach(ClientChannel::cut);
        loops.values().forEach(LoopState::stop);
    }

    /** Runs an action for every connection, on its loop. */
    void forEach(Consumer<ClientChannel> action) {
        loops.values().forEach(loop -> loop.execute(action));
    }
}
