package org.papertrader.shell.ssh.internal;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

/** Runs lines in a Gogo session, one after the other, each in the audit log before and after. */
final class Execution {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int UNCONFIRMED = 2;
    static final int UNKNOWN = 127;

    private final CommandSession session;
    private final Who who;
    private final AuditLog audit;
    private final PrintStream out;
    private final PrintStream err;

    Execution(CommandSession session, Who who, AuditLog audit, PrintStream out, PrintStream err) {
        this.session = session;
        this.who = who;
        this.audit = audit;
        this.out = out;
        this.err = err;
    }

    /** Runs a line, prints what it answers, and tells how it went as an exit code. */
    int run(String line) {
        audit.write(who, "command", "line", line);
        long begin = System.nanoTime();
        int code = Destructive.isUnconfirmed(line) ? refuse() : execute(Destructive.plain(line));
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        audit.write(who, "exit", "code", Integer.toString(code), "ms", Long.toString(millis), "line", line);
        return code;
    }

    private int refuse() {
        err.println("this cannot be taken back; add " + Destructive.YES + " to do it");
        err.flush();
        return UNCONFIRMED;
    }

    private int execute(String line) {
        try {
            Object result = session.execute(line);
            String text = result == null
                    ? ""
                    : session.format(result, Converter.INSPECT).toString().stripTrailing();
            if (!text.isEmpty()) {
                out.println(text);
            }
            return Destructive.asksFor(text) ? UNCONFIRMED : result instanceof Boolean done && !done ? FAILED : OK;
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
        if (Destructive.asksFor(text)) {
            return UNCONFIRMED;
        }
        return failure.getClass().getSimpleName().equals("CommandNotFoundException") ? UNKNOWN : FAILED;
    }

    /** The name of a class says nothing to an operator where there is a message. */
    private static String text(Exception failure) {
        String message = failure.getMessage();
        return message != null && failure instanceof IllegalArgumentException ? message : failure.toString();
    }
}
