package org.papertrader.shell.ssh.internal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.sshd.server.Environment;
import org.papertrader.shell.console.ErrorStream;
import org.papertrader.shell.console.Execution;
import org.papertrader.shell.console.Manuals;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

/** One line given with {@code ssh host line}. */
final class ScriptedCommand extends ChannelCommand {
    private final CommandProcessor processor;
    private final Manuals manuals;
    private final AuditLog audit;
    private final String line;

    ScriptedCommand(CommandProcessor processor, Manuals manuals, AuditLog audit, String line) {
        this.processor = processor;
        this.manuals = manuals;
        this.audit = audit;
        this.line = line;
    }

    @Override
    int run(Streams streams, Environment environment, Who who) {
        boolean onTerminal = environment.getEnv().containsKey(Environment.ENV_TERM);
        PrintStream out = new PrintStream(
                onTerminal ? streams.out() : new PlainStream(streams.out()), true, StandardCharsets.UTF_8);
        ErrorStream err = new ErrorStream(streams.err());
        try (CommandSession session = processor.createSession(streams.in(), out, err)) {
            session.put("USER", who.user());
            return new Execution(session, manuals, audit.of(who), out, err).run(line);
        }
    }
}
