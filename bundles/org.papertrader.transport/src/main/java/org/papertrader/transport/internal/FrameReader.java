package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;

/**
 * Cuts the bytes of one connection into frames. One lease of codec and handler serves all frames of a read. Bytes that
 * find no codec or no handler stay here, and nothing more is read, until one comes. Belongs to the loop.
 */
final class FrameReader {
    private static final int COMPACT_ABOVE = 8 * 1024;

    private final ClientChannel channel;
    private final ClientPort port;
    private @Nullable ByteBuf bytes;
    private @Nullable FrameCodec codec;
    private int version;
    private boolean parked;
    private boolean refusing;
    private boolean partial;
    private long since;

    FrameReader(ClientChannel channel, ClientPort port) {
        this.channel = channel;
        this.port = port;
    }

    /** The codec of the frames that are being read; null between reads. */
    @Nullable
    FrameCodec codec() {
        return codec;
    }

    /** The protocol version of the latest frame; 0 before the first. */
    int version() {
        return version;
    }

    /** True while whole frames wait for a codec or handler. */
    boolean isParked() {
        return parked;
    }

    boolean isParkedTooLong(long now) {
        return parked && now - since > Limits.PARK_NANOS;
    }

    boolean isPartialTooLong(long now, long limit) {
        return partial && !parked && now - since > limit;
    }

    /** Takes bytes over and handles the whole frames. */
    void read(ByteBuf in, ByteBufAllocator allocator) {
        bytes = bytes == null ? in : ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, in);
        consume(allocator);
    }

    /** Tries again what is parked. */
    void resume(ByteBufAllocator allocator) {
        if (parked) {
            parked = false;
            consume(allocator);
        }
    }

    /** Answers the whole frames that are parked as unavailable; false when not even a codec is there to say so. */
    boolean refuseParked(ByteBufAllocator allocator) {
        refusing = true;
        try {
            resume(allocator);
        } finally {
            refusing = false;
        }
        return !parked;
    }

    void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
        parked = false;
        partial = false;
    }

    private void consume(ByteBufAllocator allocator) {
        ByteBuf in = bytes;
        boolean more = in != null;
        while (more && in != null && in.isReadable() && channel.isOpen()) {
            int next = in.getUnsignedByte(in.readerIndex());
            Lease<FrameCodec> lease = port.codecs.lease(next);
            if (lease != null) {
                try (lease) {
                    more = frames(lease.service(), next, in);
                }
            } else {
                more = false;
                unspoken(next);
            }
        }
        keep(in, allocator);
    }

    private void unspoken(int next) {
        if (port.codecs.isUnknown(next)) {
            channel.fatal(
                    Refusal.of(ReasonCode.UNSUPPORTED_VERSION, "Protocol version " + next + " is not spoken here."));
        } else {
            park();
        }
    }

    /** Handles the frames of one version; true when another version follows. */
    private boolean frames(FrameCodec current, int currentVersion, ByteBuf in) {
        codec = current;
        version = currentVersion;
        Turn turn = null;
        try {
            while (in.isReadable() && channel.isOpen()) {
                int start = in.readerIndex();
                if (in.getUnsignedByte(start) != currentVersion) {
                    return true;
                }
                int length = current.frameLength(in, start, ProtocolLimits.REQUEST_DATA_MAX);
                if (length == FrameCodec.HOPELESS) {
                    channel.fatal(current.hopelessReason(in, start, ProtocolLimits.REQUEST_DATA_MAX));
                    return false;
                }
                if (length == FrameCodec.LENGTH_UNKNOWN || in.readableBytes() < length) {
                    return false;
                }
                if (turn == null && !refusing) {
                    turn = channel.beginTurn();
                    if (turn == null) {
                        park();
                        return false;
                    }
                }
                partial = false;
                in.skipBytes(length);
                channel.handle(turn, current, in, start);
            }
            return false;
        } finally {
            codec = null;
            if (turn != null) {
                turn.end();
            }
        }
    }

    private void park() {
        parked = true;
        since = System.nanoTime();
        channel.updateReading();
    }

    private void keep(@Nullable ByteBuf in, ByteBufAllocator allocator) {
        if (in == null) {
            return;
        }
        if (!in.isReadable() || !channel.isOpen()) {
            release();
            return;
        }
        if (!partial && !parked) {
            partial = true;
            since = System.nanoTime();
        }
        int rest = in.readableBytes();
        if (in.capacity() > COMPACT_ABOVE && rest < COMPACT_ABOVE) {
            // A few bytes of a slow client must not keep a large buffer.
            bytes = allocator.ioBuffer(rest).writeBytes(in);
            in.release();
        }
    }
}
