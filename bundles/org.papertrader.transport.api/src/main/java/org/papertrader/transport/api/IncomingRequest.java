package org.papertrader.transport.api;

import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Request;

/** A frame that came in. Valid only during the call that hands it out. */
@ProviderType
public interface IncomingRequest {
    /** Its header and raw arguments, without decoding. */
    FrameView frame();

    /**
     * When its last bytes came, wall time, epoch milliseconds. All frames of one read of the socket have the same: the
     * clock is read once for them.
     */
    long receivedMillis();

    /** Decodes it; for what is not answered from the frame alone. */
    DecodeResult<Request> decode();
}
