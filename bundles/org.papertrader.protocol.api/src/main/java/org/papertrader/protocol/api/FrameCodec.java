package org.papertrader.protocol.api;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;

/**
 * Frames of one protocol version, chosen by the first byte of a frame through the service property
 * {@link #VERSION_PROPERTY}. Stateless, so it may change between two frames; safe for all threads. No method keeps a
 * buffer or moves a reader index; encoding appends at the writer index.
 */
@ProviderType
public interface FrameCodec {
    /** Service property, Integer: the protocol version that a codec speaks. */
    String VERSION_PROPERTY = "protocol.version";

    /** Answer of {@link #frameLength}: not enough bytes yet to know. */
    int LENGTH_UNKNOWN = 0;

    /** Answer of {@link #frameLength}: these bytes can never become a frame; the connection must end. */
    int HOPELESS = -1;

    /** The protocol version. */
    int version();

    /**
     * Bytes of the frame that begins at {@code index}, header included, as soon as its header's frozen part is there;
     * the caller waits until so many bytes have come. Allocates nothing.
     *
     * @param dataMax {@link ProtocolLimits#REQUEST_DATA_MAX} at a server, {@link ProtocolLimits#RETURN_DATA_MAX} at a
     *     client
     * @return the length, or {@link #LENGTH_UNKNOWN}, or {@link #HOPELESS}
     */
    int frameLength(ByteBuf in, int index, int dataMax);

    /** Why {@link #frameLength} said {@link #HOPELESS} about the same bytes. */
    Refusal hopelessReason(ByteBuf in, int index, int dataMax);

    /**
     * A view on the whole frame that begins at {@code index}.
     *
     * @param reuse a view made earlier by any codec, reused when this one made it, or null
     */
    FrameView view(ByteBuf in, int index, @Nullable FrameView reuse);

    /**
     * The request of a frame. Checks all of its form; state, session and truth are checked by whoever handles it. A
     * malformed one is refused with {@link Return#refusal} when its instruction is a known request, else with
     * {@code error}.
     */
    DecodeResult<Request> decodeRequest(FrameView frame);

    /** The return or notice of a frame, for clients; data packets are read with {@link FrameView#copyData}. */
    DecodeResult<Return> decodeReturn(FrameView frame);

    /**
     * Appends a request.
     *
     * @param requestId 1 to {@link ProtocolLimits#REQUEST_ID_MAX}
     * @param session {@link SessionId#NONE} where none is needed
     */
    void encodeRequest(long requestId, SessionId session, Request request, ByteBuf out);

    /**
     * Appends a return or notice.
     *
     * @param requestId the request's, or {@link ProtocolLimits#REQUEST_ID_NOTICE}
     */
    void encodeReturn(long requestId, Return answer, ByteBuf out);

    /** Appends the header of one data packet; the caller puts {@code packet.dataSize()} bytes of payload behind it. */
    void writeDataHeader(long requestId, DataPacket packet, ByteBuf out);

    /**
     * One packet of a transfer.
     *
     * @param number from 1
     * @param max packets in the transfer, 1 and up
     * @param dataSize bytes of payload in this packet, 0 to {@link ProtocolLimits#RETURN_DATA_MAX}
     */
    record DataPacket(int number, int max, int dataSize) {
        public DataPacket {
            if (number < 1 || max < number || dataSize < 0 || dataSize > ProtocolLimits.RETURN_DATA_MAX) {
                throw new IllegalArgumentException("packet " + number + " of " + max + ", " + dataSize + " bytes");
            }
        }
    }
}
