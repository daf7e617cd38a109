package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A port on loopback with a fake handler behind it. */
final class Rig implements AutoCloseable {
    final EventLoops loops;
    final ClientPort port;
    final Acceptors acceptors = new Acceptors();
    final Listener listener;
    final FakeHandler handler = new FakeHandler();
    final int number;

    Rig() {
        this(Limits.standard(), false);
    }

    Rig(Limits limits, boolean shared) {
        this(limits, shared, EventLoops.preferred());
    }

    Rig(Limits limits, boolean shared, EventLoops.Kind kind) {
        loops = new EventLoops(kind, 2);
        port = new ClientPort("worker", limits);
        listener = new Listener(loops, port, acceptors, shared);
        port.bindCodec(Frames.CODEC, Map.of());
        port.bindHandler(handler, Map.of());
        number = listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    RawClient client() {
        return new RawClient(number);
    }

    /** Looks at the times of all connections as if it were so late. */
    void tickAll(long now) {
        port.forEach(connection -> connection.tick(now));
    }

    /** True when some connection is not read, as its client does not read. */
    boolean stalled() {
        AtomicBoolean stalled = new AtomicBoolean();
        CountDownLatch asked = new CountDownLatch(1);
        port.forEach(connection -> {
            stalled.set(!connection.isReading());
            asked.countDown();
        });
        try {
            return asked.await(1, TimeUnit.SECONDS) && stalled.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        listener.close();
        loops.stop();
        handler.close();
    }
}
