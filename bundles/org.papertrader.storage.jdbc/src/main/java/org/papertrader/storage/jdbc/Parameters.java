package org.papertrader.storage.jdbc;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills a statement's parameters from the first to the last. */
final class Parameters {
    private final PreparedStatement statement;
    private int index;

    Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    void rewind() {
        index = 0;
    }

    Parameters add(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Parameters add(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Parameters add(Instant value) throws SQLException {
        return add(Times.micros(value));
    }

    Parameters add(byte[] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    Parameters add(UUID value) throws SQLException {
        return add(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(value.getMostSignificantBits())
                .putLong(value.getLeastSignificantBits())
                .array());
    }

    Parameters add(String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Parameters addNullable(@Nullable String value) throws SQLException {
        if (value != null) {
            return add(value);
        }
        statement.setNull(++index, Types.VARCHAR);
        return this;
    }

    Parameters addNullable(@Nullable UUID value) throws SQLException {
        if (value != null) {
            return add(value);
        }
        statement.setNull(++index, Types.VARBINARY);
        return this;
    }

    Parameters addNullable(@Nullable Instant value) throws SQLException {
        return value == null ? addNull() : add(value);
    }

    /** An absent number. */
    Parameters addNull() throws SQLException {
        statement.setNull(++index, Types.BIGINT);
        return this;
    }

    /** A value as it was read. */
    Parameters addAny(@Nullable Object value) throws SQLException {
        statement.setObject(++index, value);
        return this;
    }
}
