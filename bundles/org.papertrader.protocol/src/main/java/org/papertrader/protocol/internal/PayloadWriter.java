package org.papertrader.protocol.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.Volume;
import org.papertrader.protocol.api.ProtocolLimits;

/** Appends the field types of payloads, big-endian, to a growing array. */
final class PayloadWriter {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final int UNSIGNED_SHORT_MAX = 0xFFFF;

    private byte[] bytes;
    private int length;

    PayloadWriter(int expectedLength) {
        this.bytes = new byte[expectedLength];
    }

    byte[] toBytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    void u8(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    void bool(boolean value) {
        u8(value ? 1 : 0);
    }

    void u16(int value) {
        int at = room(2);
        SHORTS.set(bytes, at, (short) value);
    }

    void u32(int value) {
        int at = room(4);
        INTS.set(bytes, at, value);
    }

    void i64(long value) {
        int at = room(8);
        LONGS.set(bytes, at, value);
    }

    void instant(Instant value) {
        i64(value.toEpochMilli());
    }

    void instantOrZero(@Nullable Instant value) {
        i64(value == null ? 0 : value.toEpochMilli());
    }

    void string(String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        if (text.length > UNSIGNED_SHORT_MAX) {
            throw new IllegalArgumentException("a string has at most 65535 bytes, not " + text.length);
        }
        u16(text.length);
        int at = room(text.length);
        System.arraycopy(text, 0, bytes, at, text.length);
    }

    void price(Price value) {
        decimal(Price.SCALE, value.mantissa());
    }

    void quantity(Quantity value) {
        decimal(Quantity.SCALE, value.mantissa());
    }

    void money(Money value) {
        decimal(Money.SCALE, value.mantissa());
    }

    void bar(Bar bar) {
        instant(bar.start());
        instant(bar.end());
        price(bar.open());
        price(bar.high());
        price(bar.low());
        price(bar.close());
        Volume volume = bar.volume();
        decimal(volume.scale(), volume.mantissa());
    }

    void optionalBar(@Nullable Bar bar) {
        bool(bar != null);
        if (bar != null) {
            bar(bar);
        }
    }

    /** Appends a row behind its size (u16). */
    void row(Runnable fields) {
        int at = room(2);
        fields.run();
        int size = length - at - 2;
        if (size > UNSIGNED_SHORT_MAX) {
            throw new IllegalArgumentException("a row has at most 65535 bytes, not " + size);
        }
        SHORTS.set(bytes, at, (short) size);
    }

    private void decimal(int scale, long mantissa) {
        u8(scale);
        i64(mantissa);
    }

    private int room(int count) {
        int at = length;
        if (count > ProtocolLimits.TRANSFER_DATA_MAX - at) {
            throw new IllegalArgumentException("a transfer has at most " + ProtocolLimits.TRANSFER_DATA_MAX + " bytes");
        }
        length += count;
        if (length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
        }
        return at;
    }

    private static VarHandle view(Class<?> arrayType) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, ByteOrder.BIG_ENDIAN);
    }
}
