package org.papertrader.log.front.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.slf4j.event.Level;

class RingLoggerTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.008Z");

    private final BoundedRing ring = new BoundedRing(64, Clock.systemUTC());
    private final Front front = new Front(ring, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    @Tag("DS-5")
    @Tag("MST-14")
    @Tag("MST-15")
    @Tag("MST-16")
    void capturesTimeCallerAndFormattedMessage() throws Exception {
        front.logger("some.Name").warn("{} of {}", 1, 2, new IllegalStateException("why"));

        CapturedEntry entry = only();
        assertThat(entry.time()).isEqualTo(NOW);
        assertThat(entry.level()).isEqualTo(Level.WARN);
        assertThat(entry.logger()).isEqualTo("some.Name");
        assertThat(entry.thread()).isEqualTo(Thread.currentThread().getName());
        assertThat(entry.message()).isEqualTo("1 of 2");
        assertThat(entry.origin().file()).isEqualTo("RingLoggerTest.java");
        assertThat(entry.origin().function()).isEqualTo("RingLoggerTest.capturesTimeCallerAndFormattedMessage");
        assertThat(entry.origin().line()).isPositive();
        assertThat(entry.stackTrace()).startsWith("java.lang.IllegalStateException: why\n\tat ");
    }

    @Test
    @Tag("MST-16")
    void tellsNothingThatWasTypedAfterACommand() throws Exception {
        assertThat(threadOf("pipe-config:set org.example.x apiKey secret")).isEqualTo("pipe-config:set");
        assertThat(threadOf("pipe-\"secret\" | grep x")).isEqualTo("pipe-");
        assertThat(threadOf("link-master 1")).isEqualTo("link-master 1");
    }

    private String threadOf(String name) throws Exception {
        Thread thread = new Thread(() -> front.logger("n").info("m"), name);
        thread.start();
        thread.join();
        return only().thread();
    }

    @Test
    @Tag("MST-16")
    void takesWhatItsThreadIsAt() throws Exception {
        ThreadContext context = new ThreadContext();
        context.put("session", "x".repeat(1_000));
        context.put("request", "17");
        front.logger("n").info("m");
        context.clear();
        assertThat(only().context())
                .containsEntry("request", "17")
                .hasEntrySatisfying("session", value -> assertThat(value).hasSize(CapturedEntry.NAME_CHARS_MAX));
        front.logger("n").info("m");
        assertThat(only().context()).isEmpty();
    }

    @Test
    @Tag("MST-15")
    void theFluentApiIsNotTheCaller() throws Exception {
        front.logger("n").atError().addKeyValue("k", 7).log("m");
        CapturedEntry entry = only();
        assertThat(entry.origin().file()).isEqualTo("RingLoggerTest.java");
        assertThat(entry.message()).contains("k=7").contains("m");
    }

    @Test
    void levelsFollowTheLongestPrefixAndChangeLive() {
        RingLogger logger = front.logger("io.netty.handler.ssl");
        assertThat(logger.isInfoEnabled()).isFalse();
        assertThat(logger.isWarnEnabled()).isTrue();
        assertThat(front.logger("io.nettyx").isInfoEnabled()).isTrue();

        front.levels(Levels.parse("OFF", List.of("io.netty.handler=TRACE")).levels());
        assertThat(logger.isTraceEnabled()).isTrue();
        assertThat(front.logger("io.netty").isErrorEnabled()).isFalse();
    }

    @Test
    void unreadableRulesAreNamedAndSkipped() {
        Levels.Parsed parsed = Levels.parse("loud", List.of("a=WARN", "b", "c=HIGH", "=INFO"));
        assertThat(parsed.problems()).isEqualTo("'b' 'c=HIGH' '=INFO' 'loud'");
        assertThat(parsed.levels().threshold("a.b")).isEqualTo(Level.WARN.toInt());
        assertThat(parsed.levels().threshold("z")).isEqualTo(Level.INFO.toInt());
    }

    @Test
    void disabledCallsLeaveNothing() {
        front.logger("n").debug("no");
        assertThat(ring.size()).isZero();
    }

    @Test
    void longTextAndEndlessCausesAreCut() throws Exception {
        IllegalStateException thrown = new IllegalStateException("y".repeat(100_000));
        front.logger("n").error("x".repeat(100_000), thrown);
        CapturedEntry entry = only();
        assertThat(entry.message()).hasSize(CapturedEntry.MESSAGE_CHARS_MAX).endsWith("(100000 characters)");
        assertThat(entry.stackTrace())
                .hasSizeLessThanOrEqualTo(CapturedEntry.STACK_CHARS_MAX)
                .endsWith("cut");
    }

    @Test
    void anExceptionThatCannotBeRenderedDoesNotReachTheCaller() throws Exception {
        front.logger("n").error("m", new Hostile());
        assertThat(only().stackTrace()).contains("could not be rendered");
        front.logger("n").error("m", new ClassGone());
        assertThat(only().stackTrace()).contains("could not be rendered: class java.lang.NoClassDefFoundError");
        Throwable deep = new IllegalStateException("the first");
        for (int i = 0; i < 100_000; i++) {
            deep = new IllegalStateException("m", deep);
        }
        front.logger("n").error("m", deep);
        assertThat(only().stackTrace())
                .startsWith("java.lang.IllegalStateException: m\n")
                .endsWith("cut");
    }

    @Test
    @Tag("VAR-3")
    void whatNobodyWroteGoesToTheLastResortOnOneLineEach() throws Exception {
        front.logger("n").info("first\nforged");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Activator.writeLeftovers(ring, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(NOW + " INFO n - first forged" + System.lineSeparator());
        assertThat(ring.size()).isZero();
    }

    private CapturedEntry only() throws Exception {
        List<CapturedEntry> entries = new ArrayList<>();
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                entries.addAll(batch);
                return batch.size();
            });
        }
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    /** As one whose bundle was uninstalled before its message was asked for. */
    private static final class ClassGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("gone");
        }
    }
}
