package org.papertrader.protocol.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Bar;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Volume;

/** Reads the field types of payloads; never past the end, never more than is there. */
final class PayloadReader {
    private final ByteBuffer in;

    PayloadReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private PayloadReader(ByteBuffer in) {
        this.in = in;
    }

    int u8() {
        return require(1).get() & 0xFF;
    }

    boolean bool() {
        return u8() != 0;
    }

    int u16() {
        return require(2).getShort() & 0xFFFF;
    }

    /** A number of rows, each of at least {@code rowSizeMin} bytes, so that it cannot ask for more than is there. */
    int rowCount(int rowSizeMin) {
        long count = require(4).getInt() & 0xFFFF_FFFFL;
        if (count > in.remaining() / rowSizeMin) {
            throw bad();
        }
        return (int) count;
    }

    long i64() {
        return require(8).getLong();
    }

    Instant instant() {
        return Instant.ofEpochMilli(i64());
    }

    @Nullable
    Instant instantOrNull() {
        long millis = i64();
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    String string() {
        int size = u16();
        ByteBuffer text = require(size).slice(in.position(), size);
        in.position(in.position() + size);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw bad();
        }
    }

    Price price() {
        return new Price(decimal(Price.SCALE));
    }

    Quantity quantity() {
        return new Quantity(decimal(Quantity.SCALE));
    }

    Money money() {
        return new Money(decimal(Money.SCALE));
    }

    Bar bar() {
        Instant start = instant();
        Instant end = instant();
        Price open = price();
        Price high = price();
        Price low = price();
        Price close = price();
        int scale = u8();
        return new Bar(start, end, open, high, low, close, new Volume(i64(), scale));
    }

    @Nullable
    Bar optionalBar() {
        return bool() ? bar() : null;
    }

    /** Rows, each behind its size; fields behind the known ones are of newer servers. */
    <T> List<T> rows(Function<PayloadReader, T> row) {
        int count = rowCount(2);
        List<T> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rows.add(row.apply(part(u16())));
        }
        return rows;
    }

    /** A reader of the next {@code size} bytes, which this one skips. */
    PayloadReader part(int size) {
        ByteBuffer part = require(size).slice(in.position(), size);
        in.position(in.position() + size);
        return new PayloadReader(part);
    }

    private long decimal(int scale) {
        int given = u8();
        long mantissa = i64();
        if (given != scale) {
            throw bad();
        }
        return mantissa;
    }

    private ByteBuffer require(int count) {
        if (in.remaining() < count) {
            throw bad();
        }
        return in;
    }

    static BadMessage bad() {
        return new BadMessage(ReasonCode.BAD_FRAME, "The data of the transfer are not laid out as they must be.");
    }
}
