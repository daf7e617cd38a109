package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With the real Gogo behind it. */
@Tag("CARD-9")
class CompletionTest {
    private static final Manuals MANUALS = Manuals.of(List.of("""
            it:show WORKER [--json] [--level LEVEL]
            it:set KEY VALUE
            it:hang SLOW
            it:many LOTS
            """));

    private final ThreadIOImpl threads = new ThreadIOImpl();
    private final CommandProcessorImpl processor = new CommandProcessorImpl(threads);
    private final CountDownLatch never = new CountDownLatch(1);
    private CommandSession session;
    private Completion completion;

    @BeforeEach
    void start() {
        threads.start();
        for (String name : List.of("show", "set", "hang", "many")) {
            processor.addCommand("it", new Object(), name);
        }
        processor.addCommand("felix", new Object(), "lb");
        for (String name : List.of("worker", "level", "key", "value", "slow", "lots")) {
            processor.addCommand("values", new Kinds(), name);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session = processor.createSession(InputStream.nullInputStream(), out, out);
        completion = new Completion(session, MANUALS, 10_000);
    }

    @AfterEach
    void stop() {
        never.countDown();
        session.close();
        processor.stop();
        threads.stop();
    }

    /** By kind. */
    public final class Kinds {
        public List<String> worker(String... words) {
            return List.of("zurich", "new york");
        }

        public List<String> level(String... words) {
            return List.of("DEBUG", "INFO");
        }

        public List<String> key(String... words) {
            return List.of("a", "b");
        }

        public List<String> value(String... words) {
            return List.of("of " + String.join(",", words));
        }

        public List<String> slow(String... words) throws InterruptedException {
            never.await();
            return List.of("late");
        }

        public List<String> lots(String... words) {
            return IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        }
    }

    @Test
    void offersCommandsButNoneThatAreNotForPeople() {
        assertThat(completion.values(List.of("it:")))
                .contains("it:show", "it:set")
                .doesNotContain("values:worker", "worker");
        assertThat(completion.values(List.of("l"))).containsExactly("lb");
    }

    @Test
    void offersValuesOptionsAndValuesOfOptions() {
        assertThat(completion.values(List.of("it:show", ""))).containsExactly("zurich", "new york");
        assertThat(completion.values(List.of("it:show", "zurich", ""))).containsExactly("--json", "--level", "--help");
        assertThat(completion.values(List.of("it:show", "--json", "z"))).contains("zurich");
        assertThat(completion.values(List.of("it:show", "--json", "-"))).containsExactly("--level", "--help");
        assertThat(completion.values(List.of("it:show", "--level", ""))).containsExactly("DEBUG", "INFO");
        assertThat(completion.values(List.of("it:show", "--level", "INFO", ""))).contains("zurich");
    }

    @Test
    void aValueMayDependOnTheWordsBefore() {
        assertThat(completion.values(List.of("it:set", "b", "x"))).containsExactly("of b,x");
    }

    @Test
    void oneThatHangsOrHasALotNeverHoldsUpTheTerminal() {
        long begin = System.nanoTime();
        assertThat(new Completion(session, MANUALS).values(List.of("it:hang", "")))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(completion.values(List.of("it:many", ""))).hasSize(200);
    }

    @Test
    void whatIsNotKnownHasNoValues() {
        assertThat(completion.values(List.of("no:thing", ""))).isEmpty();
        assertThat(completion.values(List.of("it:set", "a", "b", ""))).containsExactly("--help");
    }
}
