package org.papertrader.protocol;

import java.util.Arrays;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.ProtocolLimits;

/**
 * Puts the {@code data} packets of one request together again (PRO-11): packets come in order, from 1 to a total that
 * does not change. One instance a request, used by one thread at a time.
 */
public final class DataAssembler {
    private byte[] bytes = new byte[0];
    private int length;
    private long received;
    private long max;

    /** What a packet did to the transfer. */
    public sealed interface Step {}

    /** More packets follow. */
    public record Partial(long received, long max, long bytes) implements Step {}

    /** That was the last packet; {@code payload} is all of the data. */
    public record Complete(byte[] payload) implements Step {}

    /** The packet does not fit; the transfer is worthless and the server does not speak the protocol. */
    public record Broken(Refusal refusal) implements Step {}

    /** Takes the next packet. */
    public Step accept(FrameView packet) {
        if (received == 0) {
            max = packet.messageMax();
        }
        if (packet.messageMax() != max || max < 1 || max > ProtocolLimits.TRANSFER_PACKETS_MAX) {
            return broken("a transfer of " + max + " packets cannot have one of " + packet.messageMax());
        }
        if (packet.messageNumber() != received + 1 || packet.messageNumber() > max) {
            return broken("packet " + packet.messageNumber() + " of " + max + " came after packet " + received);
        }
        if (packet.dataLength() > ProtocolLimits.TRANSFER_DATA_MAX - length) {
            return broken("a transfer has at most " + ProtocolLimits.TRANSFER_DATA_MAX + " bytes");
        }
        append(packet);
        received++;
        return received < max ? new Partial(received, max, length) : new Complete(Arrays.copyOf(bytes, length));
    }

    private void append(FrameView packet) {
        int needed = length + packet.dataLength();
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, received + 1 == max ? needed : Math.max(needed, 2 * bytes.length));
        }
        packet.copyData(bytes, length);
        length = needed;
    }

    private static Step broken(String text) {
        return new Broken(Refusal.of(ReasonCode.BAD_FRAME, text));
    }
}
