package org.papertrader.protocol;

import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.protocol.internal.FrameCodecV1;
import org.papertrader.protocol.internal.PayloadCodecV1;

/** Makes the codecs of protocol version 1 for programs that embed this jar. */
public final class ProtocolV1 {
    private ProtocolV1() {}

    /** A stateless codec of frames, safe for all threads. */
    public static FrameCodec frames() {
        return new FrameCodecV1();
    }

    /** A stateless codec of payloads, safe for all threads. */
    public static PayloadCodec payloads() {
        return new PayloadCodecV1();
    }
}
