package org.papertrader.link.internal;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.papertrader.link.internal.secure.RecordSealer;
import org.papertrader.transport.api.StreamPeer;

/** The other end as the link sees it: what is sent to it is sealed first. Sending belongs to the loop. */
final class SealedPeer implements StreamPeer {
    private final StreamPeer peer;
    private final RecordSealer sealer;

    SealedPeer(StreamPeer peer, RecordSealer sealer) {
        this.peer = peer;
        this.sealer = sealer;
    }

    @Override
    public InetAddress remoteAddress() {
        return peer.remoteAddress();
    }

    @Override
    public void send(ByteBuffer bytes) {
        peer.send(sealer.seal(bytes));
    }

    @Override
    public boolean isWritable() {
        return peer.isWritable();
    }

    @Override
    public void execute(Runnable task) {
        peer.execute(task);
    }

    @Override
    public void close() {
        peer.close();
    }
}
