package org.papertrader.link.internal.secure;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The JDK's cryptography, its providers asked by name: one that is picked by accident may be many times slower. */
final class Crypto {
    static final int HASH = 32;

    /** Bytes of an X25519 public key. */
    static final int SHARE = 32;

    private static final String JCE = "SunJCE";
    private static final String CURVES = "SunEC";
    private static final String X25519 = "X25519";
    private static final String HMAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What stands before the 32 bytes of an X25519 key in its SubjectPublicKeyInfo. */
    private static final byte[] SHARE_PREFIX = HexFormat.of().parseHex("302a300506032b656e032100");

    private Crypto() {}

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC, JCE);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** HKDF-Expand (RFC 5869) with SHA-256. */
    static byte[] expand(byte[] key, String label, byte[] context, int length) {
        byte[] name = label.getBytes(StandardCharsets.US_ASCII);
        byte[] out = new byte[length];
        byte[] block = {};
        for (int i = 1, at = 0; at < length; i++, at += HASH) {
            block = hmac(key, block, name, context, new byte[] {(byte) i});
            System.arraycopy(block, 0, out, at, Math.min(HASH, length - at));
        }
        return out;
    }

    static KeyPair ephemeral() {
        try {
            return KeyPairGenerator.getInstance(X25519, CURVES).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The 32 bytes that go over the wire. */
    static byte[] share(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, SHARE_PREFIX.length, encoded.length);
    }

    /** The shared secret; empty for a share of small order, which would make it known to all. */
    static Optional<byte[]> agree(PrivateKey own, byte[] share) {
        byte[] encoded = Arrays.copyOf(SHARE_PREFIX, SHARE_PREFIX.length + SHARE);
        System.arraycopy(share, 0, encoded, SHARE_PREFIX.length, SHARE);
        try {
            KeyAgreement agreement = KeyAgreement.getInstance(X25519, CURVES);
            agreement.init(own);
            agreement.doPhase(
                    KeyFactory.getInstance(X25519, CURVES).generatePublic(new X509EncodedKeySpec(encoded)), true);
            byte[] secret = agreement.generateSecret();
            return MessageDigest.isEqual(secret, new byte[secret.length]) ? Optional.empty() : Optional.of(secret);
        } catch (InvalidKeyException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static Cipher aesGcm() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding", JCE);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("this Java runtime lacks what a link needs", e);
    }
}
