package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameCodec.DataPacket;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.ProtocolLimits;

/**
 * What leaves on one connection: small answers gathered in one buffer a flush, large payloads in packets, as many as the
 * client takes (PRO-11). Payloads are copied packet by packet into the buffer that the socket writes from, so a transfer
 * costs no memory but the write window. Belongs to the connection's loop.
 */
final class Outgoing {
    /** Payloads below this leave together with the other answers of a read. */
    static final int SMALL_PAYLOAD = 4 * 1024;

    private static final int PACKETS_PER_WRITE = 4;
    private static final int BUFFER_INITIAL = 512;
    private static final int BUFFER_FULL = 64 * 1024;
    private static final DataPacket[] SMALL_PACKETS = smallPackets();

    private final Channel channel;
    private final Codecs codecs;
    private @Nullable ByteBuf out;
    private @Nullable Deque<Transfer> transfers;
    private int lastSize = BUFFER_INITIAL;
    private final int answersBehindMax;
    private long payloadBytes;
    private long answersBehind;

    /** @param answersBehindMax bytes of small answers that may wait behind the packets of transfers */
    Outgoing(Channel channel, Codecs codecs, int answersBehindMax) {
        this.channel = channel;
        this.codecs = codecs;
        this.answersBehindMax = answersBehindMax;
    }

    /** A payload on its way. */
    private static final class Transfer {
        final long requestId;
        final int version;
        final byte[] payload;
        final int packets;
        int sent;

        Transfer(long requestId, int version, byte[] payload) {
            this.requestId = requestId;
            this.version = version;
            this.payload = payload;
            this.packets = ProtocolLimits.packetCount(payload.length);
        }
    }

    /** The buffer to append small answers to; what is in it leaves with the next {@link #flush}. */
    ByteBuf buffer() {
        ByteBuf buffer = out;
        if (buffer != null && buffer.readableBytes() >= BUFFER_FULL) {
            hand(buffer);
            buffer = null;
        }
        if (buffer == null) {
            buffer = channel.alloc().ioBuffer(lastSize);
            out = buffer;
        }
        return buffer;
    }

    /** Appends or queues a payload; false when too much already waits. */
    boolean payload(FrameCodec codec, long requestId, byte[] payload) {
        if (payload.length < SMALL_PAYLOAD) {
            ByteBuf buffer = buffer();
            codec.writeDataHeader(requestId, SMALL_PACKETS[payload.length], buffer);
            buffer.writeBytes(payload);
            return true;
        }
        if (payloadBytes + payload.length > Limits.PAYLOAD_BYTES_MAX) {
            return false;
        }
        if (transfers == null) {
            transfers = new ArrayDeque<>();
        }
        payloadBytes += payload.length;
        transfers.add(new Transfer(requestId, codec.version(), payload));
        return true;
    }

    /** How many transfers are under way. */
    int transfers() {
        return transfers == null ? 0 : transfers.size();
    }

    /**
     * True while more requests may be read. A transfer always has as much on its way as the client takes, which is no
     * reason not to hear it: small answers go between the packets, up to a bound if the client takes nothing.
     */
    boolean takesMore() {
        return channel.isWritable() || (transfers() > 0 && answersBehind < answersBehindMax);
    }

    /** True while one more notice may wait: behind the packets of transfers, or for a client that reads slowly. */
    boolean takesNotice() {
        return channel.bytesBeforeWritable() < Limits.NOTICE_BYTES_MAX;
    }

    /** Sends what was gathered, and packets of transfers as long as the client takes them. */
    void flush() {
        if (channel.isWritable()) {
            answersBehind = 0;
        }
        boolean wrote = out != null;
        if (out != null) {
            lastSize = Math.max(BUFFER_INITIAL, Math.min(out.readableBytes(), BUFFER_FULL));
            hand(out);
        }
        wrote |= pump();
        if (wrote) {
            channel.flush();
        }
    }

    /** Gives back what will never be sent. */
    void release() {
        if (out != null) {
            out.release();
            out = null;
        }
        transfers = null;
        payloadBytes = 0;
    }

    private void hand(ByteBuf buffer) {
        out = null;
        if (!channel.isWritable()) {
            answersBehind += buffer.readableBytes();
        }
        channel.write(buffer, channel.voidPromise());
    }

    private boolean pump() {
        boolean wrote = false;
        while (transfers != null && !transfers.isEmpty() && channel.isWritable()) {
            Transfer first = transfers.element();
            Lease<FrameCodec> lease = codecs.lease(first.version);
            if (lease == null) {
                return wrote;
            }
            try (lease) {
                channel.write(packets(lease.service(), transfers), channel.voidPromise());
            }
            wrote = true;
        }
        return wrote;
    }

    /** The next few packets, taking turns among the transfers. */
    private ByteBuf packets(FrameCodec codec, Deque<Transfer> waiting) {
        ByteBuf buffer =
                channel.alloc().ioBuffer(PACKETS_PER_WRITE * (FrameLayout.DATA + ProtocolLimits.PACKET_DATA_STANDARD));
        for (int i = 0; i < PACKETS_PER_WRITE; i++) {
            Transfer transfer = waiting.peek();
            if (transfer == null || transfer.version != codec.version()) {
                break;
            }
            waiting.remove();
            packet(codec, transfer, buffer);
            if (transfer.sent < transfer.packets) {
                waiting.add(transfer);
            } else {
                payloadBytes -= transfer.payload.length;
            }
        }
        return buffer;
    }

    private static void packet(FrameCodec codec, Transfer transfer, ByteBuf buffer) {
        int offset = transfer.sent * ProtocolLimits.PACKET_DATA_STANDARD;
        int size = Math.min(ProtocolLimits.PACKET_DATA_STANDARD, transfer.payload.length - offset);
        transfer.sent++;
        codec.writeDataHeader(transfer.requestId, new DataPacket(transfer.sent, transfer.packets, size), buffer);
        buffer.writeBytes(transfer.payload, offset, size);
    }

    private static DataPacket[] smallPackets() {
        DataPacket[] packets = new DataPacket[SMALL_PAYLOAD];
        for (int size = 0; size < SMALL_PAYLOAD; size++) {
            packets[size] = new DataPacket(1, 1, size);
        }
        return packets;
    }
}
