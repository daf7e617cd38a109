package org.papertrader.link.internal.secure;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Cipher;

/** Opens what the other side sealed. One thread at a time; after the first problem nothing more is opened. */
public final class RecordOpener {
    private static final int LENGTH_MIN = 1 + TrafficKey.TAG;
    private static final int LENGTH_MAX = LENGTH_MIN + RecordSealer.DATA_MAX;

    private final TrafficKey key;
    private final ByteBuffer sealed = ByteBuffer.allocate(Integer.BYTES + LENGTH_MAX);
    private final ByteBuffer opened = ByteBuffer.allocate(1 + RecordSealer.DATA_MAX);
    private Optional<String> problem = Optional.empty();

    RecordOpener(TrafficKey key) {
        this.key = key;
    }

    /**
     * Takes bytes as they come and gives the data of each whole record, to be used before it returns.
     *
     * @return why the link must end, if it must
     */
    public Optional<String> open(ByteBuffer in, Consumer<ByteBuffer> data) {
        while (problem.isEmpty() && in.hasRemaining()) {
            fill(in, Integer.BYTES);
            if (sealed.position() < Integer.BYTES) {
                break;
            }
            int length = sealed.getInt(0);
            if (length < LENGTH_MIN || length > LENGTH_MAX) {
                problem = Optional.of("a sealed record of " + length + " bytes");
                break;
            }
            fill(in, Integer.BYTES + length);
            if (sealed.position() == Integer.BYTES + length) {
                problem = whole(length, data);
                sealed.clear();
            }
        }
        return problem;
    }

    private void fill(ByteBuffer in, int upTo) {
        int wanted = Math.min(upTo - sealed.position(), in.remaining());
        if (wanted > 0) {
            sealed.put(in.slice().limit(wanted));
            in.position(in.position() + wanted);
        }
    }

    private Optional<String> whole(int length, Consumer<ByteBuffer> data) {
        if (key.left() <= 0 || key.ageNanos() >= TrafficKey.AGE_MAX_NANOS) {
            return Optional.of("the other side keeps its key for too long");
        }
        opened.clear();
        try {
            key.cipher(Cipher.DECRYPT_MODE, length)
                    .doFinal(sealed.duplicate().flip().position(Integer.BYTES), opened);
        } catch (GeneralSecurityException e) {
            return Optional.of("a record that was changed, repeated or left out");
        }
        opened.flip();
        byte type = opened.get();
        if (type == RecordSealer.DATA && opened.hasRemaining()) {
            data.accept(opened);
            return Optional.empty();
        }
        if (type == RecordSealer.NEXT_KEY && !opened.hasRemaining()) {
            key.next();
            return Optional.empty();
        }
        return Optional.of("a sealed record of type " + type);
    }
}
