package org.papertrader.log.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.papertrader.log.front.LogDrain;
import org.papertrader.log.front.LogRing;
import org.papertrader.log.internal.RotatingFile.Written;
import org.slf4j.event.Level;

/**
 * Writes what a drain hands over: equal entries folded, those of level {@code ERROR} with all before them on the disk
 * before it goes on. When the file cannot be written it says so once on standard error; the entries go back into the
 * ring, and once there is room again both standard error and the log say for how long and how many were lost. Not
 * thread-safe.
 */
final class LogWriter implements LogDrain.Sink {

    private final LogRing ring;
    private final RotatingFile file;
    private final EntryFormat format;
    private final int stderrThreshold;
    private final PrintStream stderr;
    private final Clock clock;
    private final Repeats repeats = new Repeats(System::nanoTime);
    /** Entries of this writer itself that are not in the file yet. */
    private final List<CapturedEntry> own = new ArrayList<>();

    private volatile @Nullable Failure failure;

    /**
     * Opens nothing yet.
     *
     * @param ring tells how many entries were dropped
     * @param stderrThreshold entries of at least this {@link Level#toInt()} also go to stderr
     */
    LogWriter(
            LogRing ring, RotatingFile file, EntryFormat format, int stderrThreshold, PrintStream stderr, Clock clock) {
        this.ring = ring;
        this.file = file;
        this.format = format;
        this.stderrThreshold = stderrThreshold;
        this.stderr = stderr;
        this.clock = clock;
    }

    @Override
    public int write(List<CapturedEntry> entries) {
        List<CapturedEntry> wanted = new ArrayList<>(entries.size());
        // Of each entry to write, how many were handed over before it.
        List<Integer> places = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            if (!repeats.isTooMany(entries.get(i))) {
                wanted.add(entries.get(i));
                places.add(i);
            }
        }
        int settled = 0;
        try {
            int done = append(wanted);
            settled = done == wanted.size() ? entries.size() : places.get(done);
        } finally {
            // Also when it throws: what comes again and again is not a storm of equal entries.
            entries.subList(settled, entries.size()).forEach(repeats::uncount);
        }
        return settled;
    }

    /**
     * Writes what this writer has to say itself.
     *
     * @param last whether there will be no other time
     */
    void writeOwn(boolean last) {
        own.addAll(repeats.ended(last));
        if (!own.isEmpty()) {
            int done = append(own);
            own.subList(0, done).clear();
        }
    }

    boolean isFailing() {
        return failure != null;
    }

    /** Why nothing can be written and since when; empty while it can. Any thread. */
    String trouble() {
        Failure now = failure;
        return now == null ? "" : "since " + now.since() + ": " + now.cause();
    }

    /** Something other than the disk failed. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = new Failure(clock.instant(), String.valueOf(cause), ring.dropped());
            stderr.println("The log file cannot be written, entries are kept in memory: " + cause);
            stderr.flush();
        }
    }

    /** Puts all on the disk and closes the file. */
    void close() {
        try {
            file.close();
        } catch (IOException e) {
            failed(e);
        }
    }

    private int append(List<CapturedEntry> entries) {
        List<String> texts = new ArrayList<>(entries.size());
        boolean sync = false;
        for (CapturedEntry entry : entries) {
            texts.add(format.format(entry));
            sync |= entry.level() == Level.ERROR;
        }
        Written written = file.write(texts, sync);
        for (int i = 0; i < written.count(); i++) {
            if (entries.get(i).level().toInt() >= stderrThreshold) {
                stderr.print(TextFormat.format(entries.get(i)));
            }
        }
        stderr.flush();
        if (written.failure() != null) {
            failed(written.failure());
        } else if (written.count() > 0) {
            recovered();
        }
        return written.count();
    }

    private void recovered() {
        Failure over = failure;
        if (over == null) {
            return;
        }
        failure = null;
        Instant now = clock.instant();
        String text = "the log file could not be written for "
                + Duration.between(over.since(), now).toSeconds() + " s (" + over.cause() + "); entries lost: "
                + (ring.dropped() - over.droppedBefore());
        own.add(new CapturedEntry(
                now,
                Level.WARN,
                LogWriter.class.getPackageName(),
                Thread.currentThread().getName(),
                Origin.UNKNOWN,
                Map.of(),
                text,
                ""));
    }

    private record Failure(Instant since, String cause, long droppedBefore) {}
}
