package org.papertrader.features.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the content of an artifact must come to.
 *
 * @param algorithm as the JDK names it
 * @param hex lower case
 */
record Checksum(String algorithm, String hex) {
    /** How the files beside an artifact end, the strongest first. */
    static final List<Kind> KINDS =
            List.of(new Kind(".sha512", "SHA-512"), new Kind(".sha256", "SHA-256"), new Kind(".sha1", "SHA-1"));

    /** A kind of checksum file in a Maven repository. */
    record Kind(String suffix, String algorithm) {
        /** Reads such a file: the digits, perhaps followed by a name; empty for anything else. */
        Optional<Checksum> parse(String text) {
            String digits = text.strip().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
            return digits.matches("[0-9a-f]{40,128}") ? Optional.of(new Checksum(algorithm, digits)) : Optional.empty();
        }
    }

    static String of(byte[] content, String algorithm) {
        return HexFormat.of().formatHex(digest(algorithm).digest(content));
    }

    boolean fits(byte[] content) {
        return of(content, algorithm).equals(hex);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
