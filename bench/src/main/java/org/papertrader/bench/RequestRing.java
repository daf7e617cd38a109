package org.papertrader.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.Request;

/** Requests of one connection, rendered before the measurement and sent over and over. */
final class RequestRing {
    /** Divisible by every pipeline depth that is measured. */
    static final int SIZE = 256;

    private final ByteBuffer bytes;
    private final int[] ends;

    private RequestRing(ByteBuf rendered, int[] ends) {
        this.bytes = ByteBuffer.allocateDirect(rendered.readableBytes());
        rendered.readBytes(bytes);
        this.ends = ends;
    }

    /** Redis GETs of random keys. */
    static RequestRing gets(List<String> keys, long seed) {
        Random random = new Random(seed);
        ByteBuf out = Unpooled.buffer();
        int[] ends = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            String key = keys.get(random.nextInt(keys.size()));
            out.writeCharSequence(
                    "*2\r\n$3\r\nGET\r\n$" + key.length() + "\r\n" + key + "\r\n", StandardCharsets.US_ASCII);
            ends[i] = out.writerIndex();
        }
        return new RequestRing(out, ends);
    }

    /** PaperTrader requests about random keys; request ids are unique within the ring. */
    static RequestRing frames(List<String> keys, long seed, SessionId session, Function<String, Request> request) {
        Random random = new Random(seed);
        ByteBuf out = Unpooled.buffer();
        int[] ends = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            String key = keys.get(random.nextInt(keys.size()));
            ProtocolV1.frames().encodeRequest(i + 1L, session, request.apply(key), out);
            ends[i] = out.writerIndex();
        }
        return new RequestRing(out, ends);
    }

    /** Points the buffer to {@code count} requests from number {@code first} on; they never wrap around. */
    ByteBuffer slice(int first, int count) {
        bytes.limit(ends[first + count - 1]).position(first == 0 ? 0 : ends[first - 1]);
        return bytes;
    }
}
