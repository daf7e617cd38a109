package org.papertrader.link.internal.secure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * One side's handshake: whole messages go in, what to do comes out. One thread at a time; taking a hello costs
 * milliseconds of computing, so not an event loop's. After {@link Step.Refuse} or {@link Step.Established} it is over.
 */
public sealed interface Handshake permits WorkerHandshake, MasterHandshake {
    /** Version of handshake and records; there is no other, and nothing is negotiated. */
    int VERSION = 2;

    /** The first bytes of a link. */
    byte[] MAGIC = "PTLK".getBytes(StandardCharsets.US_ASCII);

    /** Bytes of the opening: magic, version, uuid. */
    int OPENING = 4 + 1 + 16;

    /** Bytes of a message before its body: type, length. */
    int HEADER = 1 + 2;

    /** Longest body of a message. */
    int BODY_MAX = SignedMessages.WIRE_MAX;

    /** Takes the peer's next message. */
    Step take(byte[] message);

    /** What to do next. */
    sealed interface Step {
        /** Send this and wait for more. */
        record Reply(byte[] message) implements Step {}

        /**
         * Both sides have proved who they are.
         *
         * @param message to be sent first; may be empty
         */
        record Established(byte[] message, SecureSession session) implements Step {}

        /**
         * Close.
         *
         * @param why for this side's log
         * @param message to be sent before, telling nothing; may be empty
         */
        record Refuse(String why, byte[] message) implements Step {}
    }

    /** The messages after the opening. */
    enum Type {
        CHALLENGE(1),
        WORKER_HELLO(2),
        MASTER_HELLO(3),
        WORKER_FINISHED(4),
        MASTER_FINISHED(5),
        REFUSED(6);

        private final int number;

        Type(int number) {
            this.number = number;
        }

        /** The message with this body. */
        byte[] message(byte[] body) {
            return ByteBuffer.allocate(HEADER + body.length)
                    .put((byte) number)
                    .putShort((short) body.length)
                    .put(body)
                    .array();
        }

        /** The body of a whole message of this type; empty when it is another one. */
        Optional<byte[]> body(byte[] message) {
            if (message.length < HEADER || message[0] != number) {
                return Optional.empty();
            }
            ByteBuffer in = ByteBuffer.wrap(message, 1, message.length - 1);
            byte[] body = new byte[Short.toUnsignedInt(in.getShort())];
            if (body.length != in.remaining()) {
                return Optional.empty();
            }
            in.get(body);
            return Optional.of(body);
        }
    }

    /** What a worker says first. */
    static byte[] opening(UUID worker) {
        return ByteBuffer.allocate(OPENING)
                .put(MAGIC)
                .put((byte) VERSION)
                .putLong(worker.getMostSignificantBits())
                .putLong(worker.getLeastSignificantBits())
                .array();
    }

    /** Who knocks with this opening; empty when it is none, or of another version. */
    static Optional<UUID> worker(byte[] opening) {
        ByteBuffer in = ByteBuffer.wrap(opening);
        if (opening.length != OPENING
                || !ByteBuffer.wrap(MAGIC).equals(in.duplicate().limit(MAGIC.length))) {
            return Optional.empty();
        }
        in.position(MAGIC.length);
        return in.get() == VERSION ? Optional.of(new UUID(in.getLong(), in.getLong())) : Optional.empty();
    }
}
