package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PlaceException;
import org.papertrader.storage.jdbc.PlaceMark;
import org.papertrader.storage.jdbc.PlaceMark.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the database in use. That is the configured one, unless it says that it was moved away: then the one that it
 * names, which may be the copy of a move that a crash cut off behind its fence.
 */
final class Places {
    private static final int MOVES_MAX = 16;
    private static final Logger LOG = LoggerFactory.getLogger(Places.class);

    private final H2Engine engine;
    private final PlaceRecord record;
    private final Clock clock;

    Places(H2Engine engine, PlaceRecord record, Clock clock) {
        this.engine = engine;
        this.record = record;
        this.clock = clock;
    }

    /** An open storage and where it is. */
    record Opened(JdbcStorage storage, Path directory) {}

    /**
     * Opens the database in use.
     *
     * @throws PlaceFailure when there is none, or none can be made without leaving another behind
     */
    Opened open(Path configured) throws IOException {
        Path directory = begin(configured);
        for (int moves = 0; moves < MOVES_MAX; moves++) {
            H2Files.prepare(directory);
            try {
                Path tried = directory;
                JdbcStorage storage = in(tried, () -> engine.open(tried, clock));
                noted(directory, configured);
                return new Opened(storage, directory);
            } catch (PlaceException e) {
                directory = next(directory, e.mark());
            }
        }
        throw new PlaceFailure("the databases from " + configured + " on name each other as the one in use");
    }

    /** The configured directory; but an empty one never takes the place of the database that was used last. */
    private Path begin(Path configured) throws IOException {
        Path last = record.read().orElse(null);
        if (last == null || H2Files.exists(configured)) {
            return configured;
        }
        if (!H2Files.exists(last)) {
            throw new PlaceFailure("the database used last was in " + last
                    + " and is not there: bring the disk back, or" + " delete " + record.file() + " to begin anew");
        }
        PlaceMark mark = markIn(last);
        if (mark != null && configured.toString().equals(mark.other())) {
            return last;
        }
        throw new PlaceFailure("there is no database in " + configured + ", and the one of this master is in " + last
                + ": set org.papertrader.storage.h2:directory to that, and use storage:move to change it; to begin with"
                + " an empty database delete " + record.file());
    }

    private void noted(Path directory, Path configured) throws IOException {
        if (!directory.equals(configured)) {
            LOG.warn(
                    "The database in {} was moved to {}, which is used; do: config:set org.papertrader.storage.h2"
                            + " directory {}",
                    configured,
                    directory,
                    directory);
        }
        Path last = record.read().orElse(directory);
        if (!last.equals(directory)) {
            LOG.warn("The database used last was in {}; now it is the one in {}.", last, directory);
        }
        record.write(directory);
    }

    /** Where to go on from a database that is not the one in use. */
    private Path next(Path directory, PlaceMark mark) throws IOException {
        Path other = Path.of(String.valueOf(mark.other()));
        if (mark.state() == State.UNFINISHED) {
            PlaceMark original = markIn(other);
            if (original != null && original.state() == State.MOVED && original.isOneMoveWith(mark)) {
                finish(directory, original);
                return directory;
            }
            throw new PlaceFailure("the database in " + directory + " is the unfinished copy of the one in " + other
                    + ", which is still the one in use: set org.papertrader.storage.h2:directory to that, and delete the"
                    + " copy");
        }
        if (!H2Files.exists(other)) {
            String last = record.read()
                    .filter(H2Files::exists)
                    .filter(used -> !used.equals(directory))
                    .map(used ->
                            ": the one used last is in " + used + ", set org.papertrader.storage.h2:directory to that")
                    .orElse(": bring that disk back, or restore a backup");
            throw new PlaceFailure("the database in " + directory + " was moved to " + other + " on " + mark.at()
                    + " and is out of date since; there is no database in " + other + last);
        }
        finish(other, mark);
        return other;
    }

    private @Nullable PlaceMark markIn(Path directory) {
        return H2Files.exists(directory)
                ? in(directory, () -> JdbcStorage.mark(engine.source(directory)))
                        .orElse(null)
                : null;
    }

    private void finish(Path directory, PlaceMark original) {
        in(directory, () -> {
            JdbcStorage.finishMove(engine.source(directory), new H2Dialect(), clock, original);
            return directory;
        });
    }

    /** What fails names the directory that it is about, which need not be the configured one. */
    private static <R> R in(Path directory, Attempt<R> attempt) {
        try {
            return attempt.run();
        } catch (PlaceException e) {
            throw e;
        } catch (SQLException | RuntimeException e) {
            // Whatever the database fails with, the operator must read which directory it is about.
            throw new PlaceFailure(H2Files.explain(e, directory), e);
        }
    }

    @FunctionalInterface
    private interface Attempt<R> {
        R run() throws SQLException;
    }
}
