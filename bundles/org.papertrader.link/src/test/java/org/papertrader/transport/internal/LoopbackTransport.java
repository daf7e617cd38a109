package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.papertrader.transport.api.StreamAcceptor;
import org.papertrader.transport.api.StreamConnector;

/** The real transport on loopback, for the link's tests. */
public final class LoopbackTransport implements AutoCloseable {
    private final EventLoops loops = new EventLoops(EventLoops.preferred(), 1);
    private final Acceptors acceptors = new Acceptors();
    private final Listener listener = new Listener(loops, new ClientPort("master", Limits.standard()), acceptors, true);

    /** Opens a port for links; 0 for any. */
    public int open(int port, StreamAcceptor acceptor) {
        acceptors.bind(acceptor);
        return listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), null)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    /** The acceptor goes away with its streams. */
    public void leave(StreamAcceptor acceptor) {
        acceptors.unbind(acceptor);
    }

    /** Connects on the same loops. */
    public StreamConnector connector() {
        return new NettyStreamConnector(loops);
    }

    @Override
    public void close() {
        listener.close();
        loops.stop();
    }
}
