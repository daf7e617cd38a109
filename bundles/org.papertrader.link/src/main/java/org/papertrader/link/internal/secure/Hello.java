package org.papertrader.link.internal.secure;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What each side signs and encrypts in the handshake: who speaks to whom, about which worker, in which version, with which
 * fresh values, after which words.
 *
 * @param role of the speaker
 * @param worker whose link it is
 * @param sender the speaker's full fingerprint
 * @param recipient the listener's full fingerprint
 * @param nonce fresh, 32 bytes
 * @param share the speaker's ephemeral X25519 public key, 32 bytes
 * @param before SHA-256 of all bytes exchanged before this message
 */
record Hello(Role role, UUID worker, byte[] sender, byte[] recipient, byte[] nonce, byte[] share, byte[] before) {
    /** Bytes of a nonce, a share and a hash. */
    static final int SHORT = 32;

    private static final byte[] MARK = "PTLH".getBytes(StandardCharsets.US_ASCII);
    private static final int FINGERPRINT = 20;
    static final int LENGTH = MARK.length + 2 + 16 + 2 * FINGERPRINT + 3 * SHORT;

    /** Who speaks. */
    enum Role {
        WORKER(1),
        MASTER(2);

        private final int number;

        Role(int number) {
            this.number = number;
        }
    }

    /** Whether it was said in this handshake: about this worker, by and to these, after these words. */
    boolean fits(UUID about, PeerKey by, PeerKey to, byte[] after) {
        return worker.equals(about)
                && MessageDigest.isEqual(sender, by.fingerprintBytes())
                && MessageDigest.isEqual(recipient, to.fingerprintBytes())
                && MessageDigest.isEqual(before, after);
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(MARK)
                .put((byte) Handshake.VERSION)
                .put((byte) role.number)
                .putLong(worker.getMostSignificantBits())
                .putLong(worker.getLeastSignificantBits())
                .put(sender)
                .put(recipient)
                .put(nonce)
                .put(share)
                .put(before)
                .array();
    }

    /** Reads one that must come from this role; empty when it is anything else. */
    static Optional<Hello> decode(Role expected, byte[] bytes) {
        if (bytes.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean known = Arrays.equals(take(in, MARK.length), MARK)
                && in.get() == Handshake.VERSION
                && in.get() == expected.number;
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(new Hello(
                expected,
                new UUID(in.getLong(), in.getLong()),
                take(in, FINGERPRINT),
                take(in, FINGERPRINT),
                take(in, SHORT),
                take(in, SHORT),
                take(in, SHORT)));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
