package org.papertrader.link.internal;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a worker must not forget: who it is, and which sequences it has given. Each start reserves a block of sequences
 * in the file, so that none is given twice even when the clock was set back; within it they only count up.
 */
final class WorkerState {
    /** More than can ever be given in one run. */
    private static final long BLOCK = 1L << 40;

    private static final String UUID_KEY = "uuid";
    private static final String SEQUENCE_KEY = "sequenceReserved";

    private final UUID worker;
    private final AtomicLong sequence;

    private WorkerState(UUID worker, long first) {
        this.worker = worker;
        this.sequence = new AtomicLong(first);
    }

    /**
     * Reads and renews the file.
     *
     * @param configured the worker's uuid, or empty for the one in the file, made where there is none
     * @throws UncheckedIOException when the file cannot be read or written
     * @throws IllegalArgumentException when a uuid or the file is malformed
     */
    static WorkerState open(Path file, String configured, Instant now) {
        try {
            Properties stored = new Properties();
            if (Files.exists(file)) {
                try (Reader in = Files.newBufferedReader(file)) {
                    stored.load(in);
                }
            }
            String text = configured.isEmpty() ? stored.getProperty(UUID_KEY, "") : configured;
            UUID worker = text.isEmpty() ? UUID.randomUUID() : UUID.fromString(text);
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
            long first = Math.max(micros, Long.parseLong(stored.getProperty(SEQUENCE_KEY, "0")));
            stored.setProperty(UUID_KEY, worker.toString());
            stored.setProperty(SEQUENCE_KEY, Long.toString(first + BLOCK));
            write(file.toAbsolutePath(), stored);
            return new WorkerState(worker, first);
        } catch (IOException e) {
            throw new UncheckedIOException("worker state " + file, e);
        }
    }

    private static void write(Path file, Properties state) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(fresh)) {
            state.store(out, "Who this worker is; do not copy to another one.");
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    UUID worker() {
        return worker;
    }

    /** Greater than any given before, over restarts too. Any thread. */
    long nextSequence() {
        return sequence.incrementAndGet();
    }
}
