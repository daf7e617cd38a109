package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;

/** Shell commands of scope {@code storage}. */
public final class StorageCommands {
    static final String SCOPE = "storage";
    static final String[] FUNCTIONS = {"show", "move", "backup"};

    private static final String JSON = "--json";
    private static final String YES = "--yes";
    private static final String HELP = "--help";
    private static final long SHOW_MILLIS = 500;

    private static final String SHOW_USAGE = """
            storage:show [--json]
            Shows where the database is, its size, schema, writer's epoch, ledger and rows.
            """;

    private static final String MOVE_USAGE = """
            storage:move DIRECTORY --yes
            Moves the database to a new or empty directory while it is used, and writes the
            directory to conf/. Ctrl-C: all stays where it is. The old file stays as it was at
            the end of the move, and cannot be written to any more.
            """;

    private static final String BACKUP_USAGE = """
            storage:backup DIRECTORY
            Copies all that is committed at this moment to a new or empty directory, while the
            database is used, and checks every row. Ctrl-C: nothing is left there.
            """;

    private final Mover mover;

    StorageCommands(Mover mover) {
        this.mover = mover;
    }

    /** Shows the database. */
    @Descriptor("shows where the database is and what it holds; storage:show --help")
    public String show(String... typed) throws IOException, SQLException {
        List<String> words = List.of(typed);
        if (words.isEmpty() || words.equals(List.of(JSON))) {
            StorageSheet sheet = StorageSheet.of(mover.storage(), mover.directory());
            return words.isEmpty() ? sheet.text() : sheet.json();
        }
        return usage(words, SHOW_USAGE);
    }

    /** Moves the database. */
    @Descriptor("moves the database to another directory while it is used; storage:move --help")
    public String move(CommandSession session, String... typed) throws StorageCommandException, IOException {
        List<String> words = List.of(typed);
        List<String> plain = words.stream().filter(word -> !word.equals(YES)).toList();
        if (plain.size() != 1 || plain.get(0).startsWith("--")) {
            return usage(plain, MOVE_USAGE);
        }
        Path target = H2Files.normal(plain.get(0));
        if (!words.contains(YES)) {
            throw new StorageCommandException("this moves the database from " + mover.directory() + " to " + target
                    + "; add " + YES + " to do it");
        }
        Path before = mover.directory();
        Duration pause = follow(session.getConsole(), mover.move(target));
        return "moved from " + before + " to " + target + "; orders waited for "
                + Math.max(1, pause.toMillis()) + " ms\n" + configure(session, target)
                + "the file in " + before + " is out of date from now on; delete it when you like\n";
    }

    /** Backs the database up. */
    @Descriptor("copies the database to a directory while it is used; storage:backup --help")
    public String backup(CommandSession session, String... typed) throws StorageCommandException {
        List<String> words = List.of(typed);
        if (words.size() != 1 || words.get(0).startsWith("--")) {
            return usage(words, BACKUP_USAGE);
        }
        Path target = H2Files.normal(words.get(0));
        follow(session.getConsole(), mover.backup(target));
        return "backup in " + target + ", every row checked\n";
    }

    private static String usage(List<String> words, String usage) {
        return words.equals(List.of(HELP)) ? usage : "this is how:\n" + usage;
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
