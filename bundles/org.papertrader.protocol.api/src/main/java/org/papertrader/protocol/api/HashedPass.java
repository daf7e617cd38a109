package org.papertrader.protocol.api;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a client sends instead of the password (PRO-6): 32 bytes derived from it, written as 64 lowercase hexadecimal
 * digits. It lets its holder log in, so its text form never shows it.
 */
public final class HashedPass {
    /** Bytes of a hashed password. */
    public static final int LENGTH = 32;

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    private final byte[] bytes;

    private HashedPass(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies 32 bytes; throws {@link IllegalArgumentException} for any other length. */
    public static HashedPass of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("hashedPass has 32 bytes, not " + bytes.length);
        }
        return new HashedPass(bytes.clone());
    }

    /** Reads 64 lowercase hexadecimal digits; throws {@link IllegalArgumentException} for anything else. */
    public static HashedPass parse(String hex) {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("hashedPass must be 64 lowercase hexadecimal digits");
        }
        return new HashedPass(HexFormat.of().parseHex(hex));
    }

    /** True when the text is 64 lowercase hexadecimal digits. */
    public static boolean isValid(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** 64 lowercase hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashedPass that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "HashedPass[secret]";
    }
}
