package org.papertrader.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.hc.api.Result;
import org.apache.felix.service.command.CommandSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.shell.internal.HealthAnswers.Answer;
import org.papertrader.shell.text.Json;
import org.papertrader.shell.text.Size;

@Tag("CARD-9")
class StatusTextTest {

    @Test
    void fitsATerminal() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("role", "master");
        status.put("version", "1");
        status.put("since", "then");
        status.put("upSeconds", 8_000L);
        status.put("ready", List.of());
        status.put("health", "warn");
        status.put("checks", List.of(new Answer("workers", Result.Status.WARN, "few ".repeat(40)).toMap()));
        status.put("queue", Map.of("batchesWaiting", 3));
        status.put("memory", Map.of("heapUsed", new Size(1_500_000)));
        String text = StatusText.of(status);
        assertThat(text.lines()).allMatch(line -> line.length() <= 80);
        assertThat(text)
                .startsWith("program    master 1, up 2 h 13 min, since then\nready      no\nhealth     warn\n")
                .contains("           warn workers: few few")
                .contains("queue      batches waiting 3\n")
                .endsWith("memory     heap used 1.4 MiB\n");
        assertThat(Json.text(status)).contains("\"memory\":{\"heapUsed\":1500000}", "\"upSeconds\":8000");
    }

    @Test
    void theWorstCheckComesFirstAndOneThatHangsSaysSo() {
        CountDownLatch never = new CountDownLatch(1);
        HealthAnswers health = new HealthAnswers();
        health.add(() -> new Result(Result.Status.OK, "fine"), Map.of("hc.name", "a"));
        health.add(() -> new Result(Result.Status.CRITICAL, "bad\nnews"), Map.of("hc.name", "b"));
        health.add(
                () -> {
                    throw new IllegalStateException("broken");
                },
                Map.of("hc.name", "c"));
        health.add(
                () -> {
                    await(never);
                    return new Result(Result.Status.OK, "late");
                },
                Map.of("hc.name", "d"));
        long begin = System.nanoTime();
        List<Answer> answers = health.ask(2_000);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        never.countDown();
        assertThat(answers).extracting(Answer::name).containsExactly("c", "d", "b", "a");
        assertThat(answers.get(0).text()).contains("broken");
        assertThat(answers.get(1).text()).contains("does not answer");
        assertThat(answers.get(2).text()).isEqualTo("bad news");
    }

    @Test
    void ofTwoChecksWithOneNameBothAreSeen() {
        HealthAnswers health = new HealthAnswers();
        health.add(() -> new Result(Result.Status.OK, "fine"), Map.of("hc.name", "a"));
        health.add(() -> new Result(Result.Status.CRITICAL, "bad"), Map.of("hc.name", "a"));
        assertThat(health.ask(2_000)).extracting(Answer::text).containsExactly("bad", "fine");
    }

    @Test
    void aCheckThatHangsIsAskedOnceUntilItAnswers() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HealthAnswers health = new HealthAnswers();
        health.add(
                () -> {
                    asked.incrementAndGet();
                    await(never);
                    return new Result(Result.Status.OK, "late");
                },
                Map.of("hc.name", "a"));
        for (int i = 0; i < 3; i++) {
            assertThat(health.ask(20)).extracting(Answer::text).containsExactly("does not answer within 20 ms");
        }
        Awaitility.await().until(() -> asked.get() > 0);
        assertThat(asked).hasValue(1);
        never.countDown();
        assertThat(health.ask(10_000)).extracting(Answer::text).containsExactly("late");
    }

    @Test
    void partsOfTheProgramTellOfThemselves() {
        ThreadIOImpl threads = new ThreadIOImpl();
        threads.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(threads);
        for (String name : List.of("queue", "workers", "broken", "silent")) {
            processor.addCommand("status", new Parts(), name);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CommandSession session = processor.createSession(InputStream.nullInputStream(), out, out)) {
            Map<String, Object> sections = Sections.of(session, 2_000);
            assertThat(sections.keySet()).containsExactly("workers", "queue", "broken");
            assertThat(Sections.text(sections.get("queue"))).isEqualTo("open 12");
            assertThat(Sections.text(sections.get("broken"))).contains("storage is away");
        } finally {
            processor.stop();
            threads.stop();
        }
    }

    /** What they say is told by their names. */
    public static final class Parts {
        public Map<String, Object> queue() {
            return Map.of("open", 12);
        }

        public Map<String, Object> workers() {
            return Map.of("connected", 1);
        }

        public Map<String, Object> broken() {
            throw new IllegalStateException("storage is away");
        }

        public Object silent() {
            return null;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
