package org.papertrader.shell.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Job;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A conversation on a terminal: prompt, history, completion, and a question before what cannot be taken back. */
public final class Console {
    private static final List<String> GOODBYES = List.of("exit", "quit", "logout");
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int HISTORY_LINES_MAX = 2_000;

    private final CommandProcessor processor;
    private final Manuals manuals;
    private final Prompt prompt;
    private final Optional<Path> historyFile;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** {@code historyFile} keeps what was typed, but for lines with secrets; it is made with mode 0600. */
    public Console(CommandProcessor processor, Manuals manuals, Prompt prompt, Optional<Path> historyFile) {
        this.processor = processor;
        this.manuals = manuals;
        this.prompt = prompt;
        this.historyFile = historyFile;
    }

    /** Ends conversations when they come to their next line. */
    public void end() {
        ended.set(true);
    }

    /** Whether {@link #end} ended what went on, rather than who typed. */
    public boolean isEnded() {
        return ended.get();
    }

    /**
     * Goes on until the other side says goodbye or hangs up, or the thread is interrupted.
     *
     * @return the exit code of the last line
     */
    public int converse(Terminal terminal, String user, Journal journal) throws IOException {
        // Never closed: the terminal is the caller's, who may begin another conversation on it.
        PrintStream out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        ErrorStream err = new ErrorStream(out);
        try (CommandSession session = processor.createSession(terminal.input(), out, err)) {
            session.put("USER", user);
            session.put(".terminal", terminal);
            Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> interrupt(session));
            try {
                return converse(
                        reader(terminal, session), terminal, new Execution(session, manuals, journal, out, err), out);
            } finally {
                terminal.handle(Terminal.Signal.INT, before);
            }
        }
    }

    private LineReader reader(Terminal terminal, CommandSession session) {
        DefaultParser parser = new CommentParser();
        parser.setEscapeChars(null);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .history(new CleanHistory())
                .completer(new Completion(session, manuals))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES_MAX)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX);
        historyFile.filter(Console::isPrepared).ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private int converse(LineReader reader, Terminal terminal, Execution execution, PrintStream out) {
        int code = Execution.OK;
        while (!Thread.currentThread().isInterrupted() && !ended.get()) {
            try {
                String line = reader.readLine(prompt.on(terminal)).strip();
                if (GOODBYES.contains(line)) {
                    return code;
                }
                if (!line.isEmpty()) {
                    code = execution.run(line);
                    if (code == Execution.UNCONFIRMED && isForPeople(terminal) && isOne(line) && confirms(reader)) {
                        code = execution.run(line + " " + Manuals.YES);
                    }
                }
            } catch (UserInterruptException cancelled) {
                out.println("^C");
            } catch (EndOfFileException hungUp) {
                return code;
            }
        }
        return code;
    }

    /** One that knows nothing is a pipe, whose next line is no answer. */
    private static boolean isForPeople(Terminal terminal) {
        return !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    /** Whoever says yes means one thing; of several, those before would be done twice. */
    private static boolean isOne(String line) {
        return Statements.of(line).isOne();
    }

    private static boolean confirms(LineReader reader) {
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        try {
            return reader.readLine("do it? [y/N] ")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .startsWith("y");
        } catch (EndOfFileException none) {
            // Ctrl-D: it answers the question, and does not end the program as well.
            return false;
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
        }
    }

    private static void interrupt(CommandSession session) {
        Job job = session.foregroundJob();
        if (job != null) {
            job.interrupt();
        }
    }

    /** Makes the file; false where it cannot be, for a full disk: the shell is needed most then, and goes on without. */
    static boolean isPrepared(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                create(file);
            }
        } catch (IOException e) {
            LOG.warn("what is typed in the shell is not kept: {}", e.toString());
            return false;
        }
        return Files.isRegularFile(file);
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // By another conversation, a moment ago.
            LOG.debug("the history is there already", e);
        }
    }

    /** Puts what Gogo would take for a comment in quotes, as it does with blanks. */
    private static final class CommentParser extends DefaultParser {
        @Override
        public boolean isDelimiterChar(CharSequence buffer, int position) {
            return super.isDelimiterChar(buffer, position) || (position == 0 && buffer.charAt(position) == '#');
        }
    }

    /** Keeps no line that has a secret. */
    private static final class CleanHistory extends DefaultHistory {
        @Override
        public void add(Instant time, String line) {
            if (Secrets.mask(line).equals(line)) {
                super.add(time, line);
            }
        }
    }
}
