package org.papertrader.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** 32 secret random bytes that authorize messages (PRO-2, DS-2). Its text form never shows them. */
public final class SessionId {
    /** Bytes of a session id. */
    public static final int LENGTH = 32;

    /** All zero: what a message carries that needs no session. */
    public static final SessionId NONE = new SessionId(new byte[LENGTH]);

    private static final int TAG_BYTES = 4;

    private final byte[] bytes;
    private final int hash;

    private SessionId(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** Copies 32 bytes; throws {@link IllegalArgumentException} for any other length. */
    public static SessionId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a session id has 32 bytes, not " + bytes.length);
        }
        return new SessionId(bytes.clone());
    }

    /** Reads 64 lowercase or uppercase hexadecimal digits. */
    public static SessionId parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** 64 lowercase hexadecimal digits: the secret itself, for the wire and for the owner's file only. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * {@code #} and the first 8 hexadecimal digits of its SHA-256: names the session to operators and in the log, and
     * gives nothing of it away.
     */
    public String tag() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "#" + HexFormat.of().formatHex(digest, 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** True when this is {@link #NONE}. */
    public boolean isNone() {
        return equals(NONE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionId that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return isNone() ? "SessionId[none]" : "SessionId[secret]";
    }
}
