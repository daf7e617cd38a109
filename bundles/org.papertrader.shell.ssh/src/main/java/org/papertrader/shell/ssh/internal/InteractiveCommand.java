package org.papertrader.shell.ssh.internal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.Signal;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;
import org.papertrader.shell.ssh.internal.AuditLog.Who;

/** A terminal at the other end, with history, completion, and a question before what cannot be taken back. */
final class InteractiveCommand extends ChannelCommand {
    private static final List<String> GOODBYES = List.of("exit", "quit", "logout");
    private static final int COLUMNS = 80;
    private static final int LINES = 24;

    private final CommandProcessor processor;
    private final AuditLog audit;
    private final Supplier<String> prompt;

    InteractiveCommand(CommandProcessor processor, AuditLog audit, Supplier<String> prompt) {
        this.processor = processor;
        this.audit = audit;
        this.prompt = prompt;
    }

    @Override
    int run(Streams streams, Environment environment, Who who) throws IOException {
        String type = environment.getEnv().getOrDefault(Environment.ENV_TERM, "ansi");
        try (Terminal terminal =
                        new ExternalTerminal("ssh", type, streams.in(), streams.out(), StandardCharsets.UTF_8);
                PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
                CommandSession session = processor.createSession(terminal.input(), out, out)) {
            session.put("USER", who.user());
            session.put(".terminal", terminal);
            resize(terminal, environment);
            environment.addSignalListener(
                    (channel, signal) -> {
                        resize(terminal, environment);
                        terminal.raise(Terminal.Signal.WINCH);
                    },
                    Signal.WINCH);
            terminal.handle(Terminal.Signal.INT, signal -> interrupt(session));
            return converse(reader(terminal, session), new Execution(session, who, audit, out, out), out);
        }
    }

    private LineReader reader(Terminal terminal, CommandSession session) {
        DefaultParser parser = new DefaultParser();
        parser.setEscapeChars(null);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .completer(new Completion(processor, session))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    private int converse(LineReader reader, Execution execution, PrintStream out) {
        int code = Execution.OK;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String line = reader.readLine(prompt.get()).strip();
                if (GOODBYES.contains(line)) {
                    return code;
                }
                if (!line.isEmpty()) {
                    code = execution.run(line);
                    if (code == Execution.UNCONFIRMED && confirms(reader)) {
                        code = execution.run(line + " " + Destructive.YES);
                    }
                }
            } catch (UserInterruptException cancelled) {
                out.println("^C");
            } catch (EndOfFileException ended) {
                return code;
            }
        }
        return code;
    }

    private static boolean confirms(LineReader reader) {
        return reader.readLine("do it? [y/N] ").strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private static void interrupt(CommandSession session) {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
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
