package org.papertrader.link.internal.secure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Seals what this side sends. One thread at a time. */
public final class RecordSealer {
    /** Most bytes of data in one record. */
    static final int DATA_MAX = 64 * 1024;

    /** Bytes around the data of a record: length, type, tag. */
    static final int OVERHEAD = Integer.BYTES + 1 + TrafficKey.TAG;

    static final byte DATA = 0;
    static final byte NEXT_KEY = 1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TrafficKey key;

    RecordSealer(TrafficKey key) {
        this.key = key;
    }

    /** The records that carry these bytes, which are used up; a change of keys among them when it is due. */
    public ByteBuffer seal(ByteBuffer data) {
        int full = data.remaining() / DATA_MAX + 1;
        ByteBuffer out = ByteBuffer.allocate(data.remaining() + 2 * full * OVERHEAD);
        try {
            while (data.hasRemaining()) {
                if (key.left() <= 1 || key.ageNanos() >= TrafficKey.AGE_NANOS) {
                    record(NEXT_KEY, NOTHING.duplicate(), out);
                    key.next();
                }
                ByteBuffer part = data.slice().limit(Math.min(DATA_MAX, data.remaining()));
                data.position(data.position() + part.remaining());
                record(DATA, part, out);
            }
            return out.flip();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a record could not be sealed", e);
        }
    }

    private void record(byte type, ByteBuffer data, ByteBuffer out) throws GeneralSecurityException {
        int length = 1 + data.remaining() + TrafficKey.TAG;
        out.putInt(length);
        Cipher cipher = key.cipher(Cipher.ENCRYPT_MODE, length);
        cipher.update(ByteBuffer.wrap(new byte[] {type}), out);
        cipher.doFinal(data, out);
    }
}
