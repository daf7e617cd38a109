package org.papertrader.shell.console;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.papertrader.shell.console.Statements.Join;
import org.papertrader.shell.console.Statements.Part;

/** Runs lines in a Gogo session, one after the other, each in the journal before and after. */
public final class Execution {
    /** It was done. */
    public static final int OK = 0;

    /** It failed; why was printed. */
    public static final int FAILED = 1;

    /** It cannot be taken back, and nobody said yes to it. */
    public static final int UNCONFIRMED = 2;

    /** It was ended by Ctrl-C, or as the connection ended. */
    public static final int INTERRUPTED = 130;

    /** There is no such command. */
    public static final int UNKNOWN = 127;

    /** How Gogo says that a command is there, but takes other words. */
    private static final Pattern MISFIT = Pattern.compile("Cannot coerce ([\\w-]+)\\(");

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
        return manuals.isUnconfirmed(line)
                ? refuse()
                : all(Statements.of(manuals.plain(line)).parts());
    }

    private int refuse() {
        err.println("this cannot be taken back; add " + Manuals.YES + " to do it");
        err.flush();
        return UNCONFIRMED;
    }

    /** One after the other, as Gogo would print only what the last of them answers. */
    private int all(List<Part> parts) {
        int code = OK;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (code == INTERRUPTED || (code != OK && part.join() == Join.NEXT)) {
                return code;
            }
            if ((code == OK) != (part.join() == Join.OR)) {
                code = execute(part.text(), part.assigns() && i < parts.size() - 1);
            }
        }
        return code;
    }

    private int execute(String line, boolean quietly) {
        err.wasWritten();
        try {
            Object result = session.execute(line);
            String text = result == null || quietly
                    ? ""
                    : session.format(result, Converter.INSPECT).toString().stripTrailing();
            if (!text.isEmpty()) {
                out.println(text);
            }
            // Felix's own commands say on standard error why they did not what they should, and answer nothing.
            boolean failed = result == null ? err.wasWritten() : result instanceof Boolean done && !done;
            return failed ? FAILED : OK;
        } catch (InterruptedException e) {
            // Ctrl-C, mostly; who typed it knows.
            return INTERRUPTED;
        } catch (Exception e) {
            // A command fails with whatever it likes; to whoever typed it, all of it is an answer.
            String text = text(e, line);
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
    private String text(Exception failure, String line) {
        String message = failure.getMessage();
        if (isUnknown(failure)) {
            return message + "; 'help' lists what there is";
        }
        if (message == null || !(failure instanceof IllegalArgumentException)) {
            return failure.toString();
        }
        Matcher misfit = MISFIT.matcher(message);
        return misfit.lookingAt() ? usage(misfit.group(1), line) : message;
    }

    private String usage(String function, String line) {
        return Statements.of(line).all().stream()
                .flatMap(statement -> manuals.find(statement.command()).stream())
                .filter(manual -> manual.function().equalsIgnoreCase(function))
                .findFirst()
                .map(manual -> "what was typed does not fit; usage: "
                        + String.join(" or ", manual.usages()).replaceAll("\\s+", " "))
                .orElse("what was typed does not fit " + function);
    }
}
