package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.text.Typed;

/** Shell commands of scope {@code storage}. */
public final class StorageCommands {
    static final String SCOPE = "storage";
    static final String[] FUNCTIONS = {"show", "move", "backup"};

    private static final long SHOW_MILLIS = 500;
    private static final String SHOW = "storage:show [--json]";
    private static final String MOVE = "storage:move DIRECTORY --yes";
    private static final String BACKUP = "storage:backup DIRECTORY";

    private final Mover mover;

    StorageCommands(Mover mover) {
        this.mover = mover;
    }

    /** Shows the database. */
    @Descriptor("shows where the database is and what it holds")
    public String show(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = Typed.JSON, presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words)
            throws IOException, SQLException {
        Typed.none(words, SHOW);
        StorageSheet sheet = StorageSheet.of(mover.storage(), mover.directory());
        return json ? sheet.json() : sheet.text();
    }

    /** Moves the database. */
    @Descriptor("moves the database to another directory while it is used")
    public String move(
            CommandSession session,
            @Descriptor("confirms it") @Parameter(names = Typed.YES, presentValue = "true", absentValue = "false")
                    boolean yes,
            @Descriptor("a new or an empty one") String... directory)
            throws StorageCommandException {
        Path target = H2Files.normal(Typed.one(directory, MOVE));
        Path before = mover.directory();
        Typed.confirmed(yes, "this moves the database from " + before + " to " + target);
        Duration pause = follow(session.getConsole(), mover.move(target));
        return "moved from " + before + " to " + target + "; orders waited for "
                + Math.max(1, pause.toMillis()) + " ms\n" + configure(session, target)
                + "the file in " + before + " is out of date from now on; delete it when you like\n";
    }

    /** Backs the database up. */
    @Descriptor("copies the database to a directory while it is used")
    public String backup(CommandSession session, @Descriptor("a new or an empty one") String... directory)
            throws StorageCommandException {
        Path target = H2Files.normal(Typed.one(directory, BACKUP));
        follow(session.getConsole(), mover.backup(target));
        return "backup in " + target + ", every row checked\n";
    }

    /** Shows what is being done until it ends; an interrupt cancels it, and is only noted when it is too late. */
    private static Duration follow(PrintStream console, Mover.Work work) throws StorageCommandException {
        boolean interrupted = false;
        String shown = "";
        try {
            while (true) {
                try {
                    @Nullable Duration done = work.await(SHOW_MILLIS);
                    if (done != null) {
                        return done;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    work.cancel();
                }
                String text = work.progress().text();
                if (!text.equals(shown)) {
                    console.println(text);
                    console.flush();
                    shown = text;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** By {@code config:set}, so that there is one writer of the operator's files. */
    private static String configure(CommandSession session, Path directory) {
        String command = "config:set " + H2Storage.PID + " directory '" + directory + "'";
        try {
            Object answer = session.execute(command);
            String text = answer == null ? "" : answer.toString();
            return text.isEmpty() ? "" : text + "\n";
        } catch (Exception e) {
            // Gogo declares it; the move is done, and a start finds the new place without the configuration too.
            return "the configuration could not be written (" + e.getMessage() + "); do it: " + command + "\n";
        }
    }
}
