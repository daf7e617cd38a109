package org.papertrader.link.internal;

import io.netty.buffer.ByteBuf;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** Requests and returns as whole frames inside of records. The header's session and request id mean nothing there. */
final class FrameBodies {
    private static final long ANY_REQUEST_ID = 1;

    private FrameBodies() {}

    static void request(BodyWriter out, Request request, FrameCodec codec) {
        out.sized(buffer -> codec.encodeRequest(ANY_REQUEST_ID, SessionId.NONE, request, buffer));
    }

    static DecodeResult<Request> request(BodyReader in, FrameCodec codec) {
        ByteBuf frame = whole(in.sized(), codec, ProtocolLimits.REQUEST_DATA_MAX);
        return codec.decodeRequest(codec.view(frame, 0, null));
    }

    static void answer(BodyWriter out, Return answer, FrameCodec codec) {
        out.sized(buffer -> codec.encodeReturn(ANY_REQUEST_ID, answer, buffer));
    }

    static Return answer(BodyReader in, FrameCodec codec) {
        ByteBuf frame = whole(in.sized(), codec, ProtocolLimits.RETURN_DATA_MAX);
        if (codec.decodeReturn(codec.view(frame, 0, null)) instanceof DecodeResult.Ok<Return> ok) {
            return ok.value();
        }
        throw new BadRecord("a frame that is no return");
    }

    private static ByteBuf whole(ByteBuf frame, FrameCodec codec, int dataMax) {
        if (codec.frameLength(frame, 0, dataMax) != frame.readableBytes() || !frame.isReadable()) {
            throw new BadRecord("no whole frame");
        }
        return frame;
    }
}
