package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.papertrader.model.Quantity;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** Makes and reads frames for tests. */
final class Frames {
    static final FrameCodec CODEC = ProtocolV1.frames();

    static final Request PURCHASE = new Request.Purchase(new Symbol("AAPL"), Quantity.parse("1"), Optional.empty());

    private Frames() {}

    /** A frame that a server sent: a return, or a packet. */
    record Got(long requestId, int instruction, long number, long max, byte[] data, Return value) {}

    static byte[] request(long id, Request request) {
        ByteBuf out = Unpooled.buffer();
        CODEC.encodeRequest(id, SessionId.NONE, request, out);
        return ByteBufUtil.getBytes(out);
    }

    static byte[] ping(long id) {
        return request(id, new Request.Ping());
    }

    static byte[] info(long id) {
        return request(id, new Request.GetAssetInfo(new Symbol("AAPL")));
    }

    static byte[] later(long id) {
        return request(id, new Request.ListAssets("", Optional.empty()));
    }

    static byte[] concat(List<byte[]> parts) {
        ByteBuf out = Unpooled.buffer();
        parts.forEach(out::writeBytes);
        return ByteBufUtil.getBytes(out);
    }

    /** Takes all whole frames from the buffer. */
    static List<Got> read(ByteBuf in) {
        List<Got> frames = new ArrayList<>();
        while (in.isReadable()) {
            int start = in.readerIndex();
            int length = CODEC.frameLength(in, start, ProtocolLimits.RETURN_DATA_MAX);
            if (length == FrameCodec.HOPELESS) {
                throw new AssertionError(CODEC.hopelessReason(in, start, ProtocolLimits.RETURN_DATA_MAX));
            }
            if (length == FrameCodec.LENGTH_UNKNOWN || in.readableBytes() < length) {
                break;
            }
            frames.add(got(CODEC.view(in, start, null)));
            in.skipBytes(length);
        }
        return frames;
    }

    private static Got got(FrameView view) {
        Return value = null;
        if (view.instruction() != Instruction.DATA.number()) {
            value = ((DecodeResult.Ok<Return>) CODEC.decodeReturn(view)).value();
        }
        return new Got(
                view.requestId(),
                view.instruction(),
                view.messageNumber(),
                view.messageMax(),
                view.copyArguments(),
                value);
    }
}
