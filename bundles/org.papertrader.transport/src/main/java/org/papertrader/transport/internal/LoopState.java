package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a port keeps for each event loop: the connections there, and what they share because they take turns. */
final class LoopState {
    final IncomingFrame incoming = new IncomingFrame();
    private final EventLoop loop;
    private final Set<ClientChannel> connections = new HashSet<>();
    private final Future<?> sweeping;

    LoopState(EventLoop loop, long sweepNanos) {
        this.loop = loop;
        this.sweeping = loop.scheduleWithFixedDelay(this::sweep, sweepNanos, sweepNanos, TimeUnit.NANOSECONDS);
    }

    void add(ClientChannel connection) {
        LoopOwnership.require(loop);
        connections.add(connection);
    }

    void remove(ClientChannel connection) {
        LoopOwnership.require(loop);
        connections.remove(connection);
    }

    /** Any thread: runs the action on the loop for every connection of the time when it runs. */
    void execute(Consumer<ClientChannel> action) {
        loop.execute(() -> forEach(action));
    }

    /** Any thread. */
    void clearFrame() {
        loop.execute(incoming::clear);
    }

    void stop() {
        sweeping.cancel(false);
    }

    private void sweep() {
        long now = System.nanoTime();
        forEach(connection -> connection.tick(now));
    }

    private void forEach(Consumer<ClientChannel> action) {
        for (ClientChannel connection : connections.toArray(ClientChannel[]::new)) {
            action.accept(connection);
        }
    }
}
