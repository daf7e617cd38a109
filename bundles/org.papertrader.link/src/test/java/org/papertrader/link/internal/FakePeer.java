package org.papertrader.link.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.papertrader.transport.api.StreamPeer;

/** A peer that keeps what is sent; tasks run at once. */
final class FakePeer implements StreamPeer {
    final ByteBuf sent = Unpooled.buffer();
    InetAddress remote = InetAddress.getLoopbackAddress();
    boolean writable = true;
    boolean closed;
    int sends;

    @Override
    public InetAddress remoteAddress() {
        return remote;
    }

    @Override
    public void send(ByteBuffer bytes) {
        sends++;
        sent.writeBytes(bytes);
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void close() {
        closed = true;
    }

    byte[] taken() {
        byte[] bytes = ByteBufUtil.getBytes(sent);
        sent.clear();
        return bytes;
    }
}
