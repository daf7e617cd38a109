package org.papertrader.link.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.papertrader.link.internal.secure.Handshake;

/** Cuts the bytes before the first sealed record into messages; keeps no more than one. Belongs to the loop. */
final class HandshakeReader {
    private byte[] bytes = new byte[Handshake.OPENING];
    private int have;
    private int want;

    /** @param first bytes of the first message when that has no header; 0 when it has one */
    HandshakeReader(int first) {
        this.want = first;
    }

    /** Takes from the buffer what belongs to the next message; null until it is whole. Throws {@link BadRecord}. */
    byte @Nullable [] next(ByteBuffer in) {
        if (want == 0) {
            fill(in, Handshake.HEADER);
            if (have < Handshake.HEADER) {
                return null;
            }
            int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(1));
            if (length > Handshake.BODY_MAX) {
                throw new BadRecord("a handshake message of " + length + " bytes");
            }
            want = Handshake.HEADER + length;
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, want));
        }
        fill(in, want);
        if (have < want) {
            return null;
        }
        byte[] message = Arrays.copyOf(bytes, want);
        have = 0;
        want = 0;
        return message;
    }

    private void fill(ByteBuffer in, int upTo) {
        int taken = Math.min(upTo - have, in.remaining());
        if (taken > 0) {
            in.get(bytes, have, taken);
            have += taken;
        }
    }
}
