package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.MoveException;
import org.papertrader.storage.jdbc.StorageMove;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves and backs up the open database, one at a time, each on a thread of its own. */
final class Mover {
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Mover.class);

    private final PlaceRecord record;
    private final JdbcStorage storage;
    private final Clock clock;
    private volatile H2Engine engine;
    private volatile Path directory;
    private @Nullable Work running;
    private boolean closed;

    Mover(H2Engine engine, PlaceRecord record, Places.Opened opened, Clock clock) {
        this.engine = engine;
        this.record = record;
        this.storage = opened.storage();
        this.directory = opened.directory();
        this.clock = clock;
    }

    /** Where the database in use is. */
    Path directory() {
        return directory;
    }

    JdbcStorage storage() {
        return storage;
    }

    /** Takes other connections to the same database, unless they are as they were. */
    synchronized void reconnect(H2Engine other) {
        if (other.equals(engine)) {
            return;
        }
        try {
            if (running != null) {
                LOG.error("While the database is copied its connections stay as they are; change them again later.");
            } else if (storage.reconnect(other.source(directory), other.pool())) {
                engine = other;
            } else {
                LOG.error("The connections to the database are in use for too long; the ones before stay.");
            }
        } catch (SQLException e) {
            LOG.error("The database takes no connections of that kind; the ones before stay.", e);
        }
    }

    /** Begins to check a directory and to move to it; how long nobody could write is its result. */
    Work move(Path target) throws StorageCommandException {
        if (target.equals(directory)) {
            throw new StorageCommandException("the database is in " + target + " already");
        }
        return start("storage-move", target, (folder, progress) -> {
            Duration pause = new StorageMove(storage, directory.toString(), clock, progress)
                    .move(engine.target(folder.directory()), folder.changes());
            Path before = directory;
            directory = folder.directory();
            LOG.info("The database was moved from {} to {}; nobody could write for {}.", before, directory, pause);
            try {
                record.write(directory);
            } catch (IOException | RuntimeException e) {
                // The database says itself where it was moved to; the record only makes sure of more.
                LOG.warn("{} cannot be written.", record.file(), e);
            }
            return pause;
        });
    }

    /** Begins to check a directory and to copy all that is committed now. */
    Work backup(Path target) throws StorageCommandException {
        return start("storage-backup", target, (folder, progress) -> {
            new StorageMove(storage, directory.toString(), clock, progress).copy(engine.target(folder.directory()));
            LOG.info("A backup was made in {}.", folder.directory());
            return Duration.ZERO;
        });
    }

    /** Ends what runs; nothing begins any more. */
    void close() {
        Work work;
        synchronized (this) {
            closed = true;
            work = running;
        }
        if (work != null) {
            work.cancel();
            work.awaitEnd(CLOSE_PATIENCE);
        }
    }

    private synchronized void end(Work work) {
        if (running == work) {
            running = null;
        }
    }

    private synchronized Work start(String name, Path target, Job job) throws StorageCommandException {
        if (closed || running != null) {
            throw new StorageCommandException(
                    closed ? "the storage is going" : "a move or backup is under way already");
        }
        Work work = new Work(target);
        // It cannot end before it is noted, and is not noted if no thread can be had.
        new Thread(() -> work.run(job, directory, this::end), name).start();
        running = work;
        return work;
    }

    /** What is done with a target. */
    @FunctionalInterface
    private interface Job {
        Duration run(TargetFolder folder, Progress progress) throws MoveException, SQLException;
    }

    /** A move or backup under way. */
    static final class Work {
        private final CompletableFuture<Duration> result = new CompletableFuture<>();
        private final Path target;
        private final Progress progress;

        Work(Path target) {
            this.target = target;
            this.progress = new Progress(target);
        }

        Progress progress() {
            return progress;
        }

        /** Ends it with nothing done, unless it is as good as done. */
        void cancel() {
            progress.cancel();
        }

        /**
         * Waits a while; null when it goes on.
         *
         * @throws StorageCommandException when it failed, with the reason
         */
        @Nullable
        Duration await(long millis) throws StorageCommandException, InterruptedException {
            try {
                return result.get(millis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                return null;
            } catch (ExecutionException e) {
                throw new StorageCommandException(H2Files.firstLine(Objects.requireNonNullElse(e.getCause(), e)));
            }
        }

        private void awaitEnd(Duration patience) {
            try {
                result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (TimeoutException e) {
                LOG.warn("A move of the database to {} does not end.", target);
            } catch (ExecutionException e) {
                LOG.debug("It ended so.", e);
            }
        }

        private void run(Job job, Path original, Consumer<Work> end) {
            TargetFolder folder = null;
            try {
                // Not by who asks: the disk may be one that does not answer.
                folder = TargetFolder.of(target, original);
                Duration pause = job.run(folder, progress);
                end.accept(this);
                result.complete(pause);
            } catch (Exception | Error e) {
                // Whatever it fails with, memory that ran out included: the storage goes on, and the operator is told.
                try {
                    leave(folder, e);
                } finally {
                    end.accept(this);
                    result.completeExceptionally(e);
                }
            }
        }

        private void leave(@Nullable TargetFolder folder, Throwable failure) {
            if (progress.isFencing()) {
                LOG.error(
                        "The copy in {} may be the database in use now and stays; a restart finds out.",
                        target,
                        failure);
                return;
            }
            LOG.warn("Nothing came of the copy in {}.", target, failure);
            if (folder != null) {
                folder.clear();
            }
        }
    }
}
