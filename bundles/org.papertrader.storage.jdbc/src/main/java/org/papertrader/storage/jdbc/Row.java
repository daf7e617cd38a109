package org.papertrader.storage.jdbc;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a result's columns from the first to the last. */
final class Row {
    private final ResultSet result;
    private int index;

    Row(ResultSet result) {
        this.result = result;
    }

    boolean next() throws SQLException {
        index = 0;
        return result.next();
    }

    long number() throws SQLException {
        return result.getLong(++index);
    }

    int small() throws SQLException {
        return result.getInt(++index);
    }

    boolean flag() throws SQLException {
        return result.getBoolean(++index);
    }

    Instant instant() throws SQLException {
        return Times.instant(number());
    }

    String text() throws SQLException {
        return result.getString(++index);
    }

    byte[] bytes() throws SQLException {
        return result.getBytes(++index);
    }

    UUID uuid() throws SQLException {
        ByteBuffer bytes = ByteBuffer.wrap(bytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Nullable
    UUID uuidOrNull() throws SQLException {
        byte[] bytes = bytes();
        if (result.wasNull()) {
            return null;
        }
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong());
    }

    @Nullable
    String textOrNull() throws SQLException {
        return result.getString(++index);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long value = number();
        return result.wasNull() ? null : value;
    }

    @Nullable
    Instant instantOrNull() throws SQLException {
        Long micros = numberOrNull();
        return micros == null ? null : Times.instant(micros);
    }
}
