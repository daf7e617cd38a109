package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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

    @Override
    public void close() {
        listener.close();
        loops.stop();
        handler.close();
    }
}
