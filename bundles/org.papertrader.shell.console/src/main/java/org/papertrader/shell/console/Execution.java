package org.papertrader.shell.console;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** Runs lines in a Gogo session, one after the other, each in the journal before and after. */
public final class Execution {
    /** It was done. */
    public static final int OK = 0;

    /** It failed; why was printed. */
    public static final int FAILED = 1;

    /** It cannot be taken back, and nobody said yes to it. */
    public static final int UNCONFIRMED = 2;

    /** There is no such command. */
    public static final int UNKNOWN = 127;

    private final CommandSession session;
    private final Manuals manuals;
    private final Journal journal;
    private final PrintStream out;
    private final ErrorStream err;

    /** Prepares the session, which must have the same streams: commands are found in the same order everywhere. */
    public Execution(CommandSession session, Manuals manuals, Journal journal, PrintStream out, ErrorStream err) {
        this.session = session;
        this.manuals = manuals;
        this.journal = journal;
        this.out = out;
        this.err = err;
        Scopes.prepare(session);
    }

    /** Runs a line, prints what it answers, and tells how it went as an exit code. */
    public int run(String line) {
        journal.begins(line);
        long begin = System.nanoTime();
        int code = code(line);
        journal.ends(line, code, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
        return code;
    }

    private int code(String line) {
        Optional<Manual> asked = manuals.askedBy(line);
        if (asked.isPresent()) {
            out.print(asked.get().text());
            out.flush();
            return OK;
        }
        return manuals.isUnconfirmed(line) ? refuse() : execute(manuals.plain(line));
    }

    private int refuse() {
        err.println("this cannot be taken back; add " + Manuals.YES + " to do it");
        err.flush();
        return UNCONFIRMED;
    }

    private int execute(String line) {
        err.wasWritten();
        try {
            Object result = session.execute(line);
            String text = result == null
                    ? ""
                    : session.format(result, Converter.INSPECT).toString().stripTrailing();
            if (!text.isEmpty()) {
                out.println(text);
            }
            // Felix's own commands say on standard error why they did not what they should, and answer nothing.
            boolean failed = result == null ? err.wasWritten() : result instanceof Boolean done && !done;
            return failed ? FAILED : OK;
        } catch (Exception e) {
            // A command fails with whatever it likes; to whoever typed it, all of it is an answer.
            String text = text(e);
            err.println(text);
            return code(e, text);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int code(Exception failure, String text) {
        if (asksFor(text)) {
            return UNCONFIRMED;
        }
        return isUnknown(failure) ? UNKNOWN : FAILED;
    }

    /** Whether a command refused until it is confirmed. What a command answers may quote anything, so only failures count. */
    private static boolean asksFor(String refusal) {
        return refusal.stripTrailing().endsWith("add " + Manuals.YES + " to do it");
    }

    private static boolean isUnknown(Exception failure) {
        return failure.getClass().getSimpleName().equals("CommandNotFoundException");
    }

    /** The name of a class says nothing to an operator where there is a message. */
    private static String text(Exception failure) {
        String message = failure.getMessage();
        if (isUnknown(failure)) {
            return message + "; 'help' lists what there is";
        }
        return message != null && failure instanceof IllegalArgumentException ? message : failure.toString();
    }
}
