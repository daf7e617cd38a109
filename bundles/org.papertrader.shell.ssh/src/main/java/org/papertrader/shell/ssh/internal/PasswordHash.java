package org.papertrader.shell.ssh.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Hashes of operators' passwords, {@code pbkdf2-sha512$iterations$salt$hash}, the last two in Base64. */
final class PasswordHash {
    private static final String KIND = "pbkdf2-sha512";
    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int ITERATIONS = 210_000;
    private static final int ITERATIONS_MAX = 10_000_000;
    private static final int BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int PASSWORD_MAX = 1_000;

    /** Fits no password that anybody has. */
    static final String OF_NOBODY = KIND + "$" + ITERATIONS + "$AAAAAAAAAAAAAAAAAAAAAA$"
            + Base64.getEncoder().withoutPadding().encodeToString(new byte[BYTES]);

    private PasswordHash() {}

    static String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return KIND + "$" + ITERATIONS + "$" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(derive(password, salt, ITERATIONS));
    }

    /** Whether the password is the hashed one; no for a hash of another form. */
    static boolean fits(String hash, char[] password) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(KIND) || password.length == 0 || password.length > PASSWORD_MAX) {
            return false;
        }
        try {
            int iterations = Integer.parseInt(parts[1]);
            byte[] expected = Base64.getDecoder().decode(parts[3]);
            return iterations > 0
                    && iterations <= ITERATIONS_MAX
                    && expected.length == BYTES
                    && MessageDigest.isEqual(
                            expected, derive(password, Base64.getDecoder().decode(parts[2]), iterations));
        } catch (IllegalArgumentException noHash) {
            return false;
        }
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }
}
