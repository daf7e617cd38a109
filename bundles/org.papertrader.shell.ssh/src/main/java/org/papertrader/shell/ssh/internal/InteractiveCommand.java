package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.console.Console;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

/** A terminal at the other end. */
final class InteractiveCommand extends ChannelCommand {
    private static final int COLUMNS = 80;
    private static final int LINES = 24;

    private final Console console;
    private final AuditLog audit;

    InteractiveCommand(Console console, AuditLog audit) {
        this.console = console;
        this.audit = audit;
    }

    @Override
    int run(Streams streams, Environment environment, Who who) throws IOException {
        String type = environment.getEnv().getOrDefault(Environment.ENV_TERM, "ansi");
        try (Terminal terminal =
                new ExternalTerminal("ssh", type, streams.in(), streams.out(), StandardCharsets.UTF_8)) {
            resize(terminal, environment);
            environment.addSignalListener(
                    (channel, signal) -> {
                        resize(terminal, environment);
                        terminal.raise(Terminal.Signal.WINCH);
                    },
                    Signal.WINCH);
            return console.converse(terminal, who.user(), audit.of(who));
        }
    }

    private static void resize(Terminal terminal, Environment environment) {
        terminal.setSize(new Size(
                number(environment.getEnv().get(Environment.ENV_COLUMNS), COLUMNS),
                number(environment.getEnv().get(Environment.ENV_LINES), LINES)));
    }

    private static int number(@Nullable String text, int standard) {
        try {
            int number = Integer.parseInt(String.valueOf(text));
            return number > 0 ? number : standard;
        } catch (NumberFormatException none) {
            return standard;
        }
    }
}
