package org.papertrader.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the generator: sends a batch, waits for all its replies, sends the next. */
final class Lane implements AutoCloseable {
    private static final int IN_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final RequestRing ring;
    private final Dialect dialect;
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private int parsed;
    private int next;
    private int awaited;
    private long sentNanos;

    static Lane open(InetSocketAddress address, RequestRing ring, Dialect dialect) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return new Lane(channel, ring, dialect);
    }

    private Lane(SocketChannel channel, RequestRing ring, Dialect dialect) {
        this.channel = channel;
        this.ring = ring;
        this.dialect = dialect;
    }

    /** Before the load: sends a request, awaits its reply and throws it away. */
    void introduce(byte[] request, Dialect reply) throws IOException {
        channel.write(ByteBuffer.wrap(request));
        while (reply.replyLength(in, 0, in.position()) == 0) {
            if (channel.read(in) < 0) {
                throw new EOFException("the server closed the connection");
            }
        }
        in.clear();
    }

    void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Sends the next batch, which must fit into the ring without a rest. */
    void send(int count, long now) throws IOException {
        if (next + count > RequestRing.SIZE) {
            next = 0;
        }
        ByteBuffer out = ring.slice(next, count);
        next += count;
        awaited = count;
        sentNanos = now;
        // A batch is far smaller than a socket's buffer; a full one only means trying again.
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Reads what came; how many replies that were. */
    int receive() throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed the connection");
        }
        int end = in.position();
        int replies = 0;
        int length = dialect.replyLength(in, parsed, end);
        while (length > 0) {
            parsed += length;
            replies++;
            length = parsed == end ? 0 : dialect.replyLength(in, parsed, end);
        }
        if (parsed == end) {
            in.clear();
            parsed = 0;
        } else if (parsed > IN_BYTES / 2) {
            in.limit(end).position(parsed);
            in.compact();
            parsed = 0;
        }
        awaited -= replies;
        return replies;
    }

    boolean isIdle() {
        return awaited == 0;
    }

    long sentNanos() {
        return sentNanos;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
