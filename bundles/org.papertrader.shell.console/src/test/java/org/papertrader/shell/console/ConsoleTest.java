package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-9")
class ConsoleTest {
    private static final Duration MAX = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();

    @BeforeEach
    void start() {
        threads.start();
        for (String name : List.of("drop", "note", "careful", "end")) {
            processor.addCommand("it", new Commands(), name);
        }
        processor.addCommand("values", new Commands(), "hash");
    }

    @AfterEach
    void stop() {
        processor.stop();
        threads.stop();
    }

    /** What they do is told by their names. */
    public final class Commands {
        public void end(String name) {
            done.add("ended " + name);
        }

        public List<String> hash(String... words) {
            return List.of("#1a2b", "#3c4d");
        }

        public void drop(String name) {
            done.add("dropped " + name);
        }

        public void note(String name) {
            done.add("noted " + name);
        }

        public void careful(String... words) {
            if (!List.of(words).contains("--yes")) {
                throw new IllegalArgumentException("this is a lot; add --yes to do it");
            }
            done.add("careful");
        }
    }

    @Test
    void asksOnlyWhereNothingElseWouldBeDoneAgain() throws Exception {
        converse(Optional.empty(), () -> {
            type("it:note one; it:careful");
            until("add --yes to do it");
            type("it:note two");
            await().atMost(MAX).until(() -> done.contains("noted two"));
            type("it:careful");
            until("do it?");
            type("y");
            await().atMost(MAX).until(() -> done.contains("careful"));
        });
        assertThat(done).containsExactly("noted one", "noted two", "careful");
    }

    @Test
    void theEndOfInputIsNoAnswerAndEndsNothingElse() throws Exception {
        converse(Optional.empty(), () -> {
            type("it:drop a");
            until("do it?");
            press("\u0004");
            type("it:note b");
            await().atMost(MAX).until(() -> done.contains("noted b"));
        });
        assertThat(done).containsExactly("noted b");
    }

    @Test
    void completesWhatWouldBeACommentInQuotes() throws Exception {
        converse(Optional.empty(), () -> {
            press("it:end #3\t");
            until("4d");
            type("");
            await().atMost(MAX).until(() -> done.contains("ended #3c4d"));
            press("it:end '#1\t");
            type("");
            await().atMost(MAX).until(() -> done.contains("ended #1a2b"));
        });
    }

    @Test
    void answersAreNotKept() throws Exception {
        Path history = folder.resolve("history");
        converse(Optional.of(history), () -> {
            type("it:drop a");
            until("do it?");
            type("yes");
            await().atMost(MAX).until(() -> done.contains("dropped a"));
            type("it:note b");
            await().atMost(MAX).until(() -> done.contains("noted b"));
        });
        assertThat(Files.readAllLines(history))
                .anyMatch(line -> line.endsWith(":it:drop a"))
                .anyMatch(line -> line.endsWith(":it:note b"))
                .noneMatch(line -> line.endsWith(":yes"));
    }

    @Test
    void goesOnWithoutAHistoryThatCannotBeMade() throws Exception {
        Path noFolder = Files.createFile(folder.resolve("file"));
        converse(Optional.of(noFolder.resolve("history")), () -> {
            type("it:note a");
            await().atMost(MAX).until(() -> done.contains("noted a"));
        });
    }

    @Test
    void twoMayMakeTheHistoryAtOnce() throws Exception {
        int parties = 4;
        CyclicBarrier barrier = new CyclicBarrier(parties);
        for (int round = 0; round < 100; round++) {
            Path history = folder.resolve("history" + round);
            List<CompletableFuture<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < parties; i++) {
                all.add(Patience.begin(() -> {
                    barrier.await();
                    return Console.isPrepared(history);
                }));
            }
            assertThat(all)
                    .allSatisfy(one -> assertThat(one).succeedsWithin(MAX).isEqualTo(true));
        }
    }

    private interface Typing {
        void run() throws IOException;
    }

    private void converse(Optional<Path> history, Typing typing) throws Exception {
        Console console = new Console(
                processor,
                Manuals.of(List.of("it:drop NAME (--yes)\n  Drops it.\nit:end HASH\n  Ends it.\n")),
                new Prompt("it", List.of()),
                history);
        InputStream in = new PipedInputStream(keys);
        try (Terminal terminal = new ExternalTerminal("it", "xterm", in, seen, StandardCharsets.UTF_8)) {
            CompletableFuture<Integer> code = Patience.begin(() -> console.converse(terminal, "ada", Journal.NONE));
            typing.run();
            type("exit");
            assertThat(code).succeedsWithin(MAX);
        }
    }

    private void type(String line) throws IOException {
        press(line + "\r");
    }

    private void press(String typed) throws IOException {
        keys.write(typed.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private void until(String text) {
        await().atMost(MAX).until(() -> seen.toString(StandardCharsets.UTF_8).contains(text));
    }
}
