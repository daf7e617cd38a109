package org.papertrader.link.internal.secure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key of one direction, its counter, and its successors. One thread at a time. */
final class TrafficKey {
    /** Records under one key, the one that announces the next key included. */
    static final long RECORDS_MAX = 1L << 20;

    /** The sender changes to the next key after so long. */
    static final long AGE_NANOS = Duration.ofHours(1).toNanos();

    /** The receiver hears nothing more under a key that is older. */
    static final long AGE_MAX_NANOS = Duration.ofHours(2).toNanos();

    /** Bytes of an authentication tag. */
    static final int TAG = 16;

    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final byte[] NO_CONTEXT = {};

    private final Cipher cipher = Crypto.aesGcm();
    private final ByteBuffer bound = ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES);
    private final LongSupplier nanos;
    private byte[] secret;
    private byte[] iv = {};
    private SecretKeySpec key;
    private long since;
    private long records;

    TrafficKey(byte[] secret, UUID worker, LongSupplier nanos) {
        this.secret = secret;
        this.nanos = nanos;
        this.bound.putLong(Integer.BYTES, worker.getMostSignificantBits());
        this.bound.putLong(Integer.BYTES + Long.BYTES, worker.getLeastSignificantBits());
        this.key = begin();
    }

    private SecretKeySpec begin() {
        iv = Crypto.expand(secret, "iv", NO_CONTEXT, NONCE);
        since = nanos.getAsLong();
        records = 0;
        byte[] bytes = Crypto.expand(secret, "key", NO_CONTEXT, KEY);
        SecretKeySpec made = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        return made;
    }

    /** Goes on with the next key, from which this one cannot be found. */
    void next() {
        byte[] old = secret;
        secret = Crypto.expand(old, "next", NO_CONTEXT, Crypto.HASH);
        Arrays.fill(old, (byte) 0);
        key = begin();
    }

    /** Records that may still follow under this key. */
    long left() {
        return RECORDS_MAX - records;
    }

    long ageNanos() {
        return nanos.getAsLong() - since;
    }

    /**
     * The cipher for the next record, its length and the worker's uuid bound in. Each call is another nonce, so there is
     * no way to seal two records under the same one.
     */
    Cipher cipher(int mode, int length) throws GeneralSecurityException {
        if (left() <= 0) {
            throw new IllegalStateException("a key was used for too long");
        }
        byte[] nonce = iv.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            nonce[NONCE - 1 - i] ^= (byte) (records >>> (Byte.SIZE * i));
        }
        records++;
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        bound.putInt(0, length);
        cipher.updateAAD(bound.duplicate().clear());
        return cipher;
    }
}
