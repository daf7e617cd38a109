package org.papertrader.transport.internal;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a port keeps for each event loop: the connections there, and what they share because they take turns. */
final class LoopState {
    final IncomingFrame incoming = new IncomingFrame();
    private final EventLoop loop;
    private final Set<ClientChannel> connections = new HashSet<>();
    private final Future<?> sweeping;
    private final Queue<ClientChannel> unflushed = new ArrayDeque<>();
    private final Runnable flushing = this::flush;

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

    /**
     * Lets the connection flush when all sockets that are ready have been read. Answers then leave one after the other,
     * and a client with several connections is woken once instead of once for each.
     */
    void flushSoon(ClientChannel connection) {
        if (unflushed.isEmpty()) {
            loop.execute(flushing);
        }
        unflushed.add(connection);
    }

    private void flush() {
        try {
            for (ClientChannel next = unflushed.poll(); next != null; next = unflushed.poll()) {
                next.flush();
            }
        } finally {
            // What one failed to send must not keep back what others have to.
            if (!unflushed.isEmpty()) {
                loop.execute(flushing);
            }
        }
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
