package org.papertrader.storage.jdbc;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.jdbc.MoveProgress.Step;
import org.papertrader.storage.jdbc.PlaceMark.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a storage that is in use into another database: what one moment shows is copied, what is changed meanwhile is
 * recorded and done again there, and in a short pause the rest. One durable commit decides which of the two is in use: in
 * the old one, that it was moved away ({@link PlaceMark}). Before it the copy is worth nothing, after it the copy has
 * everything, on disk.
 */
public final class StorageMove {
    /** How long those who write are waited for at the beginning of a pause, while newcomers wait. */
    private static final Duration PAUSE_PATIENCE = Duration.ofMillis(250);

    /** How long a pause may be until the fence; a longer one is given up and tried again. */
    private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private static final int PAUSES_MAX = 40;

    /** Bytes of changes that are soon done again, in a pause. */
    private static final long SMALL_LAG = 64 << 10;

    /** Bytes of changes beyond which those who write are slowed down, once all rows are copied. */
    private static final long LARGE_LAG = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(StorageMove.class);

    private final Database database;
    private final String place;
    private final Clock clock;
    private final MoveProgress progress;
    private @Nullable ConnectionPool before;
    private Duration pause = Duration.ZERO;

    /**
     * @param place where the storage is, in the words of the operator
     * @param progress hears of it, and may end it
     */
    public StorageMove(JdbcStorage storage, String place, Clock clock, MoveProgress progress) {
        this.database = storage.database();
        this.place = place;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Moves, once. When this returns the storage works on the target. When it throws it works on what it did before, or,
     * if nobody knows which of the two is in use, on none; once {@link Step#FENCING} has begun the target must stay.
     *
     * @param changes a file to be made, for the time of the move
     * @return how long nobody could write
     */
    public Duration move(MoveTarget target, Path changes) throws MoveException {
        Unfinished copy = prepare(target, UUID.randomUUID());
        try (ChangeLog log = new ChangeLog(changes);
                Connection to = copy.connect();
                Replay replay = new Replay(log, to)) {
            Moving moving = new Moving(copy, log, replay, to);
            moving.copy();
            moving.catchUp();
            moving.check();
            moving.handOver();
        } catch (IOException | SQLException | StorageException e) {
            unlessMoved(new MoveException("the move failed", e));
        } catch (RuntimeException e) {
            // Whatever it is: behind the fence the move is done, and whoever is told that it failed would do it again.
            unlessMoved(e);
        } catch (Error e) {
            // Memory that ran out, for one; as above.
            unlessMoved(e);
        } finally {
            if (before == null) {
                database.record(null);
                copy.close();
            } else {
                Sql.close(before);
            }
        }
        return pause;
    }

    /** What fails once all goes on in the target is for the log: it is the one database in use. */
    private <E extends Throwable> void unlessMoved(E failure) throws E {
        if (before == null) {
            throw failure;
        }
        LOG.warn("The database was moved; what was used for it, or the one in {}, is not closed.", place, failure);
    }

    /** Copies all that is committed at this moment; the copy can be used as it is. */
    public void copy(MoveTarget target) throws MoveException {
        try (Unfinished copy = prepare(target, UUID.randomUUID());
                Connection to = copy.connect();
                Connection snapshot = alone(this::snapshot)) {
            copy.fill(snapshot, to);
            progress.step(Step.CHECKING);
            copy.compare(snapshot, to);
            copy.complete(to);
            copy.finish(to, PlaceMark.inUse(clock.instant()));
        } catch (SQLException | StorageException e) {
            throw new MoveException("the backup failed", e);
        }
    }

    private Unfinished prepare(MoveTarget target, UUID move) throws MoveException {
        progress.step(Step.PREPARING);
        try {
            return Unfinished.create(
                    target,
                    database.dialect(),
                    new PlaceMark(State.UNFINISHED, move, place, clock.instant()),
                    clock,
                    progress);
        } catch (StorageException | SchemaException e) {
            throw new MoveException("no database can be made in " + target.place(), e);
        }
    }

    private Connection snapshot(Connection connection) throws SQLException {
        Connection snapshot = database.pool().connect();
        boolean taken = false;
        try {
            database.dialect().snapshot(snapshot);
            taken = true;
            return snapshot;
        } finally {
            if (!taken) {
                Sql.close(snapshot);
            }
        }
    }

    private <R> R alone(SqlWork<R> work) throws SQLException, MoveException {
        for (int i = 0; i < PAUSES_MAX; i++) {
            requireWanted(progress);
            Optional<R> result = database.alone(PAUSE_PATIENCE, work);
            if (result.isPresent()) {
                return result.get();
            }
            // Those who waited for this one go on first.
            LockSupport.parkNanos(PAUSE_PATIENCE.toNanos());
        }
        throw new MoveException("something uses the database for so long that it cannot be paused");
    }

    static void requireWanted(MoveProgress progress) throws MoveException {
        if (progress.isCancelled()) {
            throw new MoveException("cancelled; nothing was changed");
        }
    }

    /** One move on its way. */
    private final class Moving {
        private final Unfinished copy;
        private final ChangeLog log;
        private final Replay replay;
        private final Connection to;

        Moving(Unfinished copy, ChangeLog log, Replay replay, Connection to) {
            this.copy = copy;
            this.log = log;
            this.replay = replay;
            this.to = to;
        }

        void copy() throws SQLException, MoveException {
            Recorder recorder = new Recorder(log);
            // What the snapshot does not show is recorded, and nothing is both: no transaction is under way.
            try (Connection snapshot = alone(connection -> {
                Connection shown = snapshot(connection);
                database.record(recorder);
                return shown;
            })) {
                copy.fill(snapshot, to);
            }
        }

        void catchUp() throws SQLException, IOException, MoveException {
            progress.step(Step.CATCHING_UP);
            log.limitLag(LARGE_LAG);
            do {
                replay.until(log.end(), () -> {
                    requireWanted(progress);
                    return false;
                });
            } while (log.lag() > SMALL_LAG);
        }

        /** Every row of both as of one moment; what comes later is little, and is checked by its effects. */
        void check() throws SQLException, IOException, MoveException {
            progress.step(Step.CHECKING);
            long[] end = new long[1];
            try (Connection snapshot = alone(connection -> {
                end[0] = log.end();
                return snapshot(connection);
            })) {
                replay.until(end[0], () -> {
                    requireWanted(progress);
                    return false;
                });
                copy.compare(snapshot, to);
            }
        }

        void handOver() throws SQLException, IOException, MoveException {
            for (int i = 0; i < PAUSES_MAX; i++) {
                catchUp();
                long begin = System.nanoTime();
                Outcome outcome;
                try {
                    outcome = database.alone(PAUSE_PATIENCE, this::inPause).orElse(Outcome.LATE);
                } finally {
                    pause = Duration.ofNanos(System.nanoTime() - begin);
                }
                if (outcome.failure() != null) {
                    throw outcome.failure();
                }
                if (outcome.moved()) {
                    return;
                }
            }
            throw new MoveException("too much is written to catch up within a pause; try again when less is traded");
        }

        private Outcome inPause(Connection from) throws SQLException {
            progress.step(Step.PAUSED);
            long deadline = System.nanoTime() + PAUSE_MAX.toNanos();
            try {
                boolean ended = replay.until(log.end(), () -> System.nanoTime() - deadline > 0);
                if (!ended) {
                    return Outcome.LATE;
                }
                copy.compareEnds(from, to);
                copy.complete(to);
                if (System.nanoTime() - deadline > 0) {
                    return Outcome.LATE;
                }
                if (database.dialect().connections(from) != database.pool().size() + 1) {
                    throw new MoveException("another program, or another version of this one, has the database open");
                }
                log.requireWhole();
                requireWanted(progress);
            } catch (IOException | MoveException e) {
                return Outcome.failed(e instanceof MoveException m ? m : new MoveException("the move failed", e));
            }
            return fence(from);
        }

        private Outcome fence(Connection from) {
            progress.step(Step.FENCING);
            boolean decided = false;
            try {
                MoveException failure = closeOff(from);
                decided = failure != null;
                return failure == null ? handedOver() : Outcome.failed(failure);
            } finally {
                if (!decided && before == null) {
                    // What is written there now would be lost.
                    database.pool().close();
                }
            }
        }

        /** Null when it is done. */
        private @Nullable MoveException closeOff(Connection from) {
            try {
                writeFence(from);
            } catch (SQLException | RuntimeException | Error e) {
                // What is not committed is undone now, and not later than it is looked for.
                Sql.close(from);
                if (!isFenced()) {
                    return new MoveException("the old database could not be closed off", e);
                }
                LOG.error("The fence in {} is written, but perhaps not on the disk.", place, e);
            }
            return null;
        }

        private Outcome handedOver() {
            try {
                progress.step(Step.FENCED);
                copy.finish(to, new PlaceMark(State.IN_USE, copy.mark().move(), place, clock.instant()));
            } catch (SQLException | RuntimeException | Error e) {
                // The fence alone decides, and a start finds the same; so there is no way back, and no need for one.
                LOG.error(
                        "The database in {} could not be marked as the one in use; the next start does it.",
                        copy.place(),
                        e);
            }
            before = database.exchange(copy.pool());
            progress.step(Step.SWITCHED);
            return Outcome.MOVED;
        }

        /** The moment of the hand-over. The writer's epoch is taken here, so that whoever wrote here is refused. */
        private void writeFence(Connection from) throws SQLException {
            Sql.update(from, "UPDATE ledger_head SET epoch = epoch + 1", Sql.Binder.NONE);
            new PlaceMark(State.MOVED, copy.mark().move(), copy.place(), clock.instant()).write(from);
            from.commit();
            database.dialect().force(from);
            from.commit();
        }

        /** Whether a commit that failed took place. When that cannot be known nobody may write any more. */
        private boolean isFenced() {
            try {
                Connection again = database.pool().connect();
                try {
                    return PlaceMark.read(again).orElseThrow().state() == State.MOVED;
                } finally {
                    Sql.close(again);
                }
            } catch (SQLException | RuntimeException e) {
                // Whatever it fails with, there is no answer.
                LOG.error(
                        "The database in {} does not answer and is closed; restart to see which is in use.", place, e);
                database.pool().close();
                return false;
            }
        }
    }

    /** How a pause ended; with neither it was too short. */
    private record Outcome(boolean moved, @Nullable MoveException failure) {
        static final Outcome LATE = new Outcome(false, null);
        static final Outcome MOVED = new Outcome(true, null);

        static Outcome failed(MoveException failure) {
            return new Outcome(false, failure);
        }
    }
}
