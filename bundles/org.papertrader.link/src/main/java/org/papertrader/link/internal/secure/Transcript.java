package org.papertrader.link.internal.secure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** SHA-256 over all that was said so far, as it went over the wire; messages carry their own lengths. */
final class Transcript {
    private static final byte[] PROTOCOL =
            "PaperTrader link 2 X25519 HKDF-SHA256 AES-256-GCM\n".getBytes(StandardCharsets.US_ASCII);

    private final MessageDigest digest = Crypto.sha256();

    Transcript(byte[] opening) {
        digest.update(PROTOCOL);
        digest.update(opening);
    }

    Transcript add(byte[] message) {
        digest.update(message);
        return this;
    }

    byte[] hash() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 cannot be cloned", e);
        }
    }
}
