package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Return;

/**
 * Encodes answers in the version that the client speaks, with the codec of the read under way where there is one. Answers
 * that find no codec wait for it; requests under way bound their number. Belongs to the loop.
 */
final class Answers {
    /** Answers and notices that may wait for a codec before a notice is dropped; answers never are. */
    private static final int WAITING_NOTICES_MAX = 10_000;

    private final ClientPort port;
    private final FrameReader reader;
    private final Outgoing outgoing;
    private @Nullable Deque<Runnable> waiting;

    Answers(ClientPort port, Channel channel, FrameReader reader) {
        this.port = port;
        this.reader = reader;
        this.outgoing = new Outgoing(channel, port.codecs, port.limits().writeLowBytes());
    }

    /** Says a last thing to a connection that is not let in, and closes it. */
    static void turnAway(Codecs codecs, Channel channel, Return reason) {
        Lease<FrameCodec> lease = codecs.newest();
        ByteBuf goodbye = channel.alloc().ioBuffer();
        if (lease != null) {
            try (lease) {
                lease.service().encodeReturn(ProtocolLimits.REQUEST_ID_NOTICE, reason, goodbye);
            }
        }
        channel.writeAndFlush(goodbye).addListener(ChannelFutureListener.CLOSE);
    }

    void write(long requestId, Return answer) {
        FrameCodec codec = reader.codec();
        if (codec != null) {
            encode(codec, requestId, answer);
            return;
        }
        Lease<FrameCodec> lease = lease();
        if (lease == null) {
            await(() -> write(requestId, answer));
            return;
        }
        try (lease) {
            encode(lease.service(), requestId, answer);
        }
    }

    void write(long requestId, byte[] payload) {
        FrameCodec codec = reader.codec();
        if (codec != null) {
            encode(codec, requestId, payload);
            return;
        }
        Lease<FrameCodec> lease = lease();
        if (lease == null) {
            await(() -> write(requestId, payload));
            return;
        }
        try (lease) {
            encode(lease.service(), requestId, payload);
        }
    }

    /** Sends a notice, behind what waits for a codec; false when too much waits already. */
    boolean notice(Return notice) {
        if (waiting != null ? waiting.size() >= WAITING_NOTICES_MAX : !outgoing.takesNotice()) {
            return false;
        }
        if (waiting != null) {
            await(() -> write(ProtocolLimits.REQUEST_ID_NOTICE, notice));
        } else {
            write(ProtocolLimits.REQUEST_ID_NOTICE, notice);
        }
        return true;
    }

    int transfers() {
        return outgoing.transfers();
    }

    /** A codec came: encodes what waited. */
    void resume() {
        Deque<Runnable> again = waiting;
        waiting = null;
        if (again != null) {
            again.forEach(Runnable::run);
        }
    }

    /** True while more requests may be read. */
    boolean takesMore() {
        return outgoing.takesMore();
    }

    void flush() {
        outgoing.flush();
    }

    void release() {
        waiting = null;
        outgoing.release();
    }

    private void encode(FrameCodec codec, long requestId, Return answer) {
        ByteBuf buffer = outgoing.buffer();
        int start = buffer.writerIndex();
        try {
            codec.encodeReturn(requestId, answer, buffer);
        } catch (IllegalArgumentException e) {
            buffer.writerIndex(start);
            port.quietLog.warn("answer that no frame can hold", answer.instruction(), e);
            codec.encodeReturn(requestId, Return.error(ReasonCode.INTERNAL), buffer);
        }
    }

    private void encode(FrameCodec codec, long requestId, byte[] payload) {
        if (!outgoing.payload(codec, requestId, payload)) {
            port.counters.busy.increment();
            encode(codec, requestId, Return.error(ReasonCode.BUSY));
        }
    }

    private @Nullable Lease<FrameCodec> lease() {
        int version = reader.version();
        return version == 0 ? port.codecs.newest() : port.codecs.lease(version);
    }

    private void await(Runnable task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(task);
    }
}
