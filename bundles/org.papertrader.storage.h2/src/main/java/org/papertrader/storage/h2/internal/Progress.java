package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.papertrader.storage.jdbc.MoveProgress;

/** How far a move or a backup is: told by the thread that does it, asked by the one that shows it. */
final class Progress implements MoveProgress {
    private final Path directory;
    private volatile String text = "";
    private volatile boolean cancelled;
    private volatile boolean fencing;

    Progress(Path directory) {
        this.directory = directory;
    }

    /** What is being done, for the operator. */
    String text() {
        return text;
    }

    void cancel() {
        cancelled = true;
    }

    /** True once the copy may be the database in use: it must stay, whatever comes. */
    boolean isFencing() {
        return fencing;
    }

    @Override
    public void step(Step step) {
        fencing |= step == Step.FENCING;
        text = switch (step) {
            case PREPARING -> "preparing " + directory;
            case COPYING -> "copying";
            case CATCHING_UP -> "catching up with what was changed meanwhile";
            case CHECKING -> "checking";
            case PAUSED, FENCING, FENCED -> "handing over";
            case SWITCHED -> "switched";
        };
        if (step == Step.COPYING) {
            syncNames();
        }
    }

    @Override
    public void rows(Step step, String table, long done, long all) {
        text = (step == Step.COPYING ? "copying " : "checking ") + table + " " + StorageSheet.count(done) + " of "
                + StorageSheet.count(all);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** The file of the copy exists now: its name, too, must outlive a loss of power. */
    private void syncNames() {
        try {
            H2Files.sync(directory);
            Path parent = directory.getParent();
            if (parent != null) {
                H2Files.sync(parent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be put on disk", e);
        }
    }
}
