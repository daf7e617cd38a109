package org.papertrader.protocol.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Turns payloads into the bytes of a transfer and back, for one protocol version; found by the service property
 * {@link FrameCodec#VERSION_PROPERTY}. Stateless; safe for all threads. Payload bytes are immutable once made.
 */
@ProviderType
public interface PayloadCodec {

    /** The protocol version. */
    int version();

    /**
     * The bytes of a payload.
     *
     * @throws IllegalArgumentException when it exceeds {@link ProtocolLimits#TRANSFER_DATA_MAX} or a page's rows
     */
    byte[] encode(Payload payload);

    /** The payload that answers {@code request}; never throws for bad bytes. */
    DecodeResult<Payload> decode(Instruction request, byte[] data);

    /** A copy marked as served without the master, so that clients can tell that it may be old. */
    byte[] markStale(byte[] payload);

    /** True when the bytes are marked so. */
    boolean isStale(byte[] payload);
}
