package org.papertrader.storage.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.papertrader.model.SessionId;

/** SHA-256 of a session id in lowercase hexadecimal: what is stored instead of the id. */
public record SessionHash(String hex) {
    public SessionHash {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("a session hash has 64 hexadecimal digits");
        }
    }

    /** The hash of an id. */
    public static SessionHash of(SessionId id) {
        try {
            return new SessionHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.toBytes())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
