package org.papertrader.link.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.papertrader.model.SessionId;

/** Reads the fields of a record's body strictly: anything unexpected is a {@link BadRecord}. */
final class BodyReader {
    /** Most bytes of a text. */
    static final int TEXT_MAX = 1_024;

    private static final int NANOS_MAX = 999_999_999;

    private final ByteBuf in;

    private BodyReader(byte[] body) {
        this.in = Unpooled.wrappedBuffer(body);
    }

    /** Reads a whole body; whatever the bytes are, it gives a value or throws {@link BadRecord}. */
    static <T> T read(byte[] body, Function<BodyReader, T> fields) {
        BodyReader reader = new BodyReader(body);
        try {
            T value = fields.apply(reader);
            if (reader.in.isReadable()) {
                throw new BadRecord(reader.in.readableBytes() + " bytes too many");
            }
            return value;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
            // The values refuse what they may not be; from here all that is one thing.
            throw new BadRecord("malformed body: " + e.getMessage());
        }
    }

    int u8() {
        return in.readUnsignedByte();
    }

    boolean bool() {
        int value = u8();
        if (value > 1) {
            throw new BadRecord("a truth value of " + value);
        }
        return value == 1;
    }

    int u16() {
        return in.readUnsignedShort();
    }

    int i32() {
        return in.readInt();
    }

    long i64() {
        return in.readLong();
    }

    /** A number of elements of at least so many bytes each: never more than the rest can hold. */
    int count(int bytesEach) {
        int count = in.readInt();
        if (count < 0 || (long) count * bytesEach > in.readableBytes()) {
            throw new BadRecord("a count of " + count);
        }
        return count;
    }

    UUID uuid() {
        return new UUID(i64(), i64());
    }

    String text() {
        int length = u16();
        if (length > TEXT_MAX) {
            throw new BadRecord("a text of " + length + " bytes");
        }
        byte[] bytes = bytes(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadRecord("a text that is not UTF-8");
        }
    }

    Instant instant() {
        long seconds = i64();
        int nanos = i32();
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new BadRecord("an instant with " + nanos + " ns");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    SessionId session() {
        return SessionId.of(bytes(SessionId.LENGTH));
    }

    InetAddress address() {
        try {
            return InetAddress.getByAddress(bytes(u8()));
        } catch (UnknownHostException e) {
            throw new BadRecord("an address of wrong length");
        }
    }

    byte[] bytes(int length) {
        if (length < 0 || length > in.readableBytes()) {
            throw new BadRecord("a length of " + length);
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** All that is left. */
    byte[] rest() {
        return bytes(in.readableBytes());
    }

    /** Bytes with their length before them. */
    ByteBuf sized() {
        return Unpooled.wrappedBuffer(bytes(i32()));
    }
}
