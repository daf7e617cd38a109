package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-9")
class ExecutionTest {
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> journal = new ArrayList<>();
    private CommandSession session;
    private Execution execution;

    @BeforeEach
    void start() {
        threads.start();
        processor.addCommand("it", new Commands(), "drop");
        processor.addCommand("it", new Commands(), "quote");
        processor.addCommand("it", new Commands(), "refuse");
        processor.addCommand("it", new Commands(), "complain");
        processor.addCommand("it", new Commands(), "help");
        processor.addCommand("shell", new Commands(), "help");
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        ErrorStream err = new ErrorStream(printed);
        session = processor.createSession(InputStream.nullInputStream(), out, err);
        execution = new Execution(
                session,
                Manuals.of(List.of("it:drop NAME (--yes)\n  Drops it.\n")),
                new Journal() {
                    @Override
                    public void begins(String line) {
                        journal.add("begins " + line);
                    }

                    @Override
                    public void ends(String line, int code, long millis) {
                        journal.add("ends " + code);
                    }
                },
                out,
                err);
    }

    @AfterEach
    void stop() {
        session.close();
        processor.stop();
        threads.stop();
    }

    /** What they do is told by their names. */
    public static final class Commands {
        public String drop(String name) {
            return "dropped " + name;
        }

        public String quote() {
            return "2026 INFO somebody was told: add --yes to do it";
        }

        public void refuse() {
            throw new IllegalArgumentException("this is a lot; add --yes to do it");
        }

        public void complain() {
            System.err.println("Bundle ID '99' is invalid.");
        }

        public String help() {
            return "helped";
        }
    }

    @Test
    void whatCannotBeTakenBackIsRefusedUntilSomebodySaysYes() {
        assertThat(execution.run("drop a")).isEqualTo(Execution.UNCONFIRMED);
        assertThat(execution.run("drop a --yes")).isEqualTo(Execution.OK);
        assertThat(text()).isEqualTo("this cannot be taken back; add --yes to do it\ndropped a\n");
        assertThat(journal).containsExactly("begins drop a", "ends 2", "begins drop a --yes", "ends 0");
    }

    @Test
    void onlyARefusalAsksAndNoTextThatQuotesOne() {
        assertThat(execution.run("it:quote")).isEqualTo(Execution.OK);
        assertThat(execution.run("it:refuse")).isEqualTo(Execution.UNCONFIRMED);
    }

    /** As Felix's own do. */
    @Test
    void whatOnlyComplainsHasFailed() {
        assertThat(execution.run("it:complain")).isEqualTo(Execution.FAILED);
        assertThat(text()).isEqualTo("Bundle ID '99' is invalid.\n");
        assertThat(execution.run("it:drop a --yes")).isEqualTo(Execution.OK);
    }

    @Test
    void helpShowsTheManualAndDoesNothing() {
        assertThat(execution.run("it:drop a --help")).isEqualTo(Execution.OK);
        assertThat(text()).isEqualTo("it:drop NAME (--yes)\n  Drops it.\n");
    }

    @Test
    void anUnknownCommandHasACodeOfItsOwn() {
        assertThat(execution.run("it:nothing")).isEqualTo(Execution.UNKNOWN);
        assertThat(text()).contains("it:nothing").contains("'help' lists");
    }

    @Test
    void commandsOfTheShellComeFirst() {
        assertThat(execution.run("help")).isZero();
        assertThat(session.get("SCOPE")).isEqualTo("shell:gogo:felix:*");
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
