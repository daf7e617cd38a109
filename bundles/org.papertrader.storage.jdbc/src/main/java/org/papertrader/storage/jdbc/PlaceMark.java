package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a database says of itself. While it is not the one in use its schema asks for code that does not exist, so that
 * code which does not know this mark refuses it as well.
 *
 * @param move the move that made it what it is, null for one that was never part of a move
 * @param other where the other database of that move is
 * @param at since when
 */
public record PlaceMark(
        State state, @Nullable UUID move, @Nullable String other, Instant at) {
    private static final int NO_CODE = 1_000_000;

    /** What a database is. */
    public enum State {
        /** The one in use. */
        IN_USE(0),
        /** A copy that is being made, or whose original was not yet left. */
        UNFINISHED(1),
        /** Moved away: {@link PlaceMark#other} is the one in use. Nothing may be written here any more. */
        MOVED(2);

        private final int code;

        State(int code) {
            this.code = code;
        }

        private static State of(int code) throws SQLException {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new SQLException("the database is in state " + code + ", which this code does not know");
        }
    }

    /** A database that was never part of a move. */
    static PlaceMark inUse(Instant at) {
        return new PlaceMark(State.IN_USE, null, null, at);
    }

    /** True when both are of one move. */
    public boolean isOneMoveWith(PlaceMark other) {
        return move != null && move.equals(other.move);
    }

    /** The mark; empty in a database whose schema is older than marks. */
    static Optional<PlaceMark> read(Connection connection) throws SQLException {
        return Sql.first(
                connection,
                "SELECT state, move, other, noted FROM storage_place WHERE id = 1",
                Sql.Binder.NONE,
                row -> new PlaceMark(State.of(row.small()), row.uuidOrNull(), row.textOrNull(), row.instant()));
    }

    /** Puts this in the place of the mark before; the caller commits. */
    void write(Connection connection) throws SQLException {
        Sql.update(connection, "DELETE FROM storage_place WHERE id = 1", Sql.Binder.NONE);
        Sql.update(
                connection,
                "INSERT INTO storage_place (id, state, move, other, noted) VALUES (1, ?, ?, ?, ?)",
                p -> p.add(state.code).addNullable(move).addNullable(other).add(at));
        Sql.update(
                connection,
                state == State.IN_USE
                        ? "UPDATE schema_version SET oldest_code = oldest_code - " + NO_CODE + " WHERE oldest_code >= "
                                + NO_CODE
                        : "UPDATE schema_version SET oldest_code = oldest_code + " + NO_CODE + " WHERE oldest_code < "
                                + NO_CODE,
                Sql.Binder.NONE);
    }
}
