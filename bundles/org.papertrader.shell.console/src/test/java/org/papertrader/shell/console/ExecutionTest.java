package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CARD-9")
class ExecutionTest {
    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> journal = new ArrayList<>();
    private final CompletableFuture<Thread> hangs = new CompletableFuture<>();
    private CommandSession session;
    private Execution execution;

    @BeforeEach
    void start() {
        threads.start();
        processor.addCommand("it", new Commands(), "drop");
        processor.addCommand("it", new Commands(), "quote");
        processor.addCommand("it", new Commands(), "refuse");
        processor.addCommand("it", new Commands(), "complain");
        List.of("say", "fail", "hang", "help").forEach(name -> processor.addCommand("it", new Commands(), name));
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
    public final class Commands {
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

        public String say(String text) {
            return text;
        }

        public void fail() {
            throw new IllegalArgumentException("it failed");
        }

        public void hang() throws InterruptedException {
            hangs.complete(Thread.currentThread());
            new CountDownLatch(1).await();
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '~',
            value = {
                "it:say a; it:say b ! 0 ! a b",
                "it:say a && it:say b;; ! 0 ! a b",
                "~it:say a\nit:say b~ ! 0 ! a b",
                "it:fail; it:say b ! 1 ! it failed",
                "it:fail && it:say b ! 1 ! it failed",
                "it:fail || it:say b; it:say c ! 0 ! it failed b c",
                "it:say a || it:say b; it:say c ! 0 ! a c",
                "it:complain && it:say b ! 1 ! Bundle ID '99' is invalid.",
                "it:say a && it:nothing ! 127 ! a Command not found: it:nothing; 'help' lists what there is",
                "x = (it:say a); it:say $x ! 0 ! a",
                "it:say 'a; b && c' ! 0 ! a; b && c",
                "it:say a # b; it:say c ! 0 ! a",
                "it:say \"$(it:say a; it:say b)\" ! 0 ! b",
                "it:say a\\; && it:say b#c ! 0 ! a; b#c",
                "it:say [a; b] ! 1 ! *",
            })
    void ofSeveralStatementsEachTellsWhatItAnswers(String line, int code, String expected) {
        assertThat(execution.run(line)).isEqualTo(code);
        assertThat(text().strip().replace('\n', ' ')).matches(told -> expected.equals("*") || told.equals(expected));
        assertThat(journal).containsExactly("begins " + line, "ends " + code);
    }

    @Test
    void wordsThatDoNotFitAreAnsweredWithTheUsage() {
        assertThat(execution.run("it:say a; drop --yes")).isEqualTo(Execution.FAILED);
        assertThat(execution.run("it:say a b")).isEqualTo(Execution.FAILED);
        assertThat(text())
                .startsWith("a\nwhat was typed does not fit; usage: it:drop NAME (--yes)\n")
                .endsWith("what was typed does not fit say\n");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void whatIsInterruptedSaysNothing() throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread thread = new Thread(() -> code.complete(execution.run("it:hang || it:say b")));
        thread.start();
        Thread hanging = hangs.get();
        thread.interrupt();
        assertThat(code.get()).isEqualTo(130);
        assertThat(text()).isEmpty();
        session.close();
        // Until then it would put Gogo's streams into place again after the test.
        await().until(() -> Arrays.stream(hanging.getStackTrace())
                .noneMatch(frame -> frame.getClassName().startsWith("org.apache.felix")));
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
