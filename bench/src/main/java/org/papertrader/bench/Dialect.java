package org.papertrader.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.Instruction;

/** How the replies of a server are told apart, without allocating. */
interface Dialect {
    /**
     * The length of the reply that begins at {@code from}, or 0 while it is incomplete; throws
     * {@link IllegalStateException} for anything but the reply that is expected.
     */
    int replyLength(ByteBuffer in, int from, int to);

    /** Redis: bulk strings. */
    final class Resp implements Dialect {
        private static final int LINE_END = 2;

        @Override
        public int replyLength(ByteBuffer in, int from, int to) {
            if (from == to) {
                return 0;
            }
            if (in.get(from) != '$') {
                throw new IllegalStateException("unexpected reply of Redis: " + text(in, from, to));
            }
            int length = 0;
            for (int i = from + 1; i < to; i++) {
                byte digit = in.get(i);
                if (digit == '\r') {
                    int end = i + LINE_END + length + LINE_END;
                    return end <= to ? end - from : 0;
                } else if (digit < '0' || digit > '9') {
                    throw new IllegalStateException("unexpected reply of Redis: " + text(in, from, to));
                }
                length = length * 10 + digit - '0';
            }
            return 0;
        }
    }

    /** PaperTrader: frames that all carry one instruction. */
    final class Frames implements Dialect {
        private final short expected;

        Frames(Instruction expected) {
            this.expected = (short) expected.number();
        }

        @Override
        public int replyLength(ByteBuffer in, int from, int to) {
            if (to - from < FrameLayout.FROZEN_LENGTH) {
                return 0;
            }
            int length = FrameLayout.DATA + in.getInt(from + FrameLayout.DATA_SIZE);
            if (to - from < length) {
                return 0;
            }
            if (in.getShort(from + FrameLayout.INSTRUCTION) != expected) {
                throw new IllegalStateException("unexpected reply of PaperTrader: instruction "
                        + in.getShort(from + FrameLayout.INSTRUCTION) + " "
                        + text(in, from + FrameLayout.DATA, from + length));
            }
            return length;
        }
    }

    /** For messages. */
    private static String text(ByteBuffer in, int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
