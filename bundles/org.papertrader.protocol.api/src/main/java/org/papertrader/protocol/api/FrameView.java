package org.papertrader.protocol.api;

import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.SessionId;

/**
 * A reusable window on one whole frame, read without decoding it: enough to answer a cached read. Valid only during the
 * call that hands it out, and only while the buffer below is; never kept, never shared between threads. A codec made it,
 * so a holder lets go of it together with the codec.
 */
@ProviderType
public interface FrameView {
    /** The protocol version, 0 to 255. */
    int version();

    /** The number of the {@link MessageType}, 0 to 255. */
    int messageType();

    /** The number of the {@link Instruction}, 0 to 65535; it may be unknown. */
    int instruction();

    /** String arguments that the data claim to hold. */
    int argumentCount();

    /** Number of this packet in its set, unsigned. */
    long messageNumber();

    /** Packets in the set, unsigned. */
    long messageMax();

    /** The request id, 0 to {@link ProtocolLimits#REQUEST_ID_MAX}. */
    long requestId();

    /** Bytes of data, 0 and up. */
    int dataLength();

    /** True when all 32 bytes of the session id are zero. */
    boolean sessionIsNone();

    /**
     * Compares the session id, in time that does not depend on where it differs.
     *
     * @param sessionId 32 bytes
     */
    boolean sessionEquals(byte[] sessionId);

    /** The first four bytes of the session id, big-endian: a hash for lookup tables, as ids are random. */
    int sessionHash();

    /** The session id, copied. */
    SessionId sessionId();

    /** A hash of the data, equal to {@code java.util.Arrays.hashCode(byte[])} of the same bytes. */
    int argumentsHash();

    /** True when the data are exactly these bytes. */
    boolean argumentsEqual(byte[] other);

    /** The data, copied. */
    byte[] copyArguments();

    /**
     * Copies all data into an array.
     *
     * @param target has room for {@link #dataLength()} bytes from {@code index} on
     */
    void copyData(byte[] target, int index);
}
