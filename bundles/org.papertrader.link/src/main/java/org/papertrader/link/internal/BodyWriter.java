package org.papertrader.link.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.papertrader.model.SessionId;

/** Writes the fields of a record's body. */
final class BodyWriter {
    private static final int INITIAL = 256;

    private final ByteBuf out = Unpooled.buffer(INITIAL);

    /** Where frames are encoded to. */
    ByteBuf buffer() {
        return out;
    }

    BodyWriter u8(int value) {
        out.writeByte(value);
        return this;
    }

    BodyWriter bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    BodyWriter u16(int value) {
        out.writeShort(value);
        return this;
    }

    BodyWriter i32(int value) {
        out.writeInt(value);
        return this;
    }

    BodyWriter i64(long value) {
        out.writeLong(value);
        return this;
    }

    BodyWriter uuid(UUID value) {
        return i64(value.getMostSignificantBits()).i64(value.getLeastSignificantBits());
    }

    BodyWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > BodyReader.TEXT_MAX) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes");
        }
        out.writeShort(bytes.length).writeBytes(bytes);
        return this;
    }

    BodyWriter instant(Instant value) {
        return i64(value.getEpochSecond()).i32(value.getNano());
    }

    BodyWriter session(SessionId value) {
        out.writeBytes(value.toBytes());
        return this;
    }

    BodyWriter address(InetAddress value) {
        byte[] bytes = value.getAddress();
        out.writeByte(bytes.length).writeBytes(bytes);
        return this;
    }

    BodyWriter bytes(byte[] value, int offset, int length) {
        out.writeBytes(value, offset, length);
        return this;
    }

    /** Writes whatever the encoder writes, with its length before it. */
    BodyWriter sized(Consumer<ByteBuf> encoder) {
        int at = out.writerIndex();
        out.writeInt(0);
        encoder.accept(out);
        out.setInt(at, out.writerIndex() - at - Integer.BYTES);
        return this;
    }

    byte[] toBytes() {
        return ByteBufUtil.getBytes(out);
    }
}
