package org.papertrader.transport.internal;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.MessageType;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.transport.api.IncomingRequest;

/** The frame that is being handled; one reused object an event loop, as a loop handles one frame at a time. */
final class IncomingFrame implements IncomingRequest {
    private @Nullable FrameCodec codec;
    private @Nullable FrameView view;
    private @Nullable Refusal fatal;
    private long receivedMillis;

    /** The frames that follow came just now. */
    void received() {
        receivedMillis = System.currentTimeMillis();
    }

    /** Points to the whole frame at {@code index}. */
    FrameView wrap(FrameCodec newCodec, ByteBuf in, int index) {
        FrameView reuse = codec == newCodec ? view : null;
        FrameView wrapped = newCodec.view(in, index, reuse);
        codec = newCodec;
        view = wrapped;
        fatal = null;
        return wrapped;
    }

    /** Lets go of the codec and what it made. */
    void clear() {
        codec = null;
        view = null;
        fatal = null;
    }

    @Override
    public FrameView frame() {
        if (view == null) {
            throw new IllegalStateException("valid only during the call that handed it out");
        }
        return view;
    }

    @Override
    public long receivedMillis() {
        return receivedMillis;
    }

    @Override
    public DecodeResult<Request> decode() {
        if (codec == null) {
            throw new IllegalStateException("valid only during the call that handed it out");
        }
        DecodeResult<Request> result = codec.decodeRequest(frame());
        if (result instanceof DecodeResult.Malformed<Request> malformed && isFatal(malformed.refusal())) {
            fatal = malformed.refusal();
        }
        return result;
    }

    /** True when no handler needs to see the frame: no client may send such a header. */
    boolean hasBadHeader() {
        FrameView frame = frame();
        return frame.requestId() == ProtocolLimits.REQUEST_ID_NOTICE
                || frame.messageMax() != 1
                || frame.messageNumber() != 1
                || frame.messageType() == MessageType.CONTROL.number();
    }

    /** Why the connection must end after this frame, once {@link #decode} found out; else null. */
    @Nullable
    Refusal fatal() {
        return fatal;
    }

    private static boolean isFatal(Refusal refusal) {
        return refusal.code() == ReasonCode.BAD_FRAME || refusal.code() == ReasonCode.UNSUPPORTED_VERSION;
    }
}
