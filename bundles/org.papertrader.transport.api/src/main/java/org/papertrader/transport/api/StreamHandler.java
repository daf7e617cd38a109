package org.papertrader.transport.api;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/** Receives the bytes of a stream, on its event loop. Never blocks. */
@ConsumerType
public interface StreamHandler {
    /** Bytes came; the buffer is valid only during the call. */
    void received(ByteBuffer bytes);

    /** The peer takes more again, after {@link StreamPeer#isWritable} was false. */
    void writable();

    /** The stream ended, for whatever reason. Called once, last. */
    void closed();
}
