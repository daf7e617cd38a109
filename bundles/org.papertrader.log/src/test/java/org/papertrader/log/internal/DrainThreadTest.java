package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.internal.RotatingFile.Limits;
import org.slf4j.event.Level;

class DrainThreadTest {

    @TempDir
    Path directory;

    private final ListRing ring = new ListRing();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private DrainThread running;

    @AfterEach
    void stop() {
        if (running != null) {
            running.stop();
        }
    }

    @Test
    @Tag("MST-17")
    void anEntryIsSoonInTheFile() {
        List<Duration> waits = new CopyOnWriteArrayList<>();
        ring.onAwait = time -> {
            if (waits.isEmpty()) {
                ring.add(entry(Level.INFO, "hello"));
            }
            if (!isWritten("hello")) {
                waits.add(time);
            }
        };
        running = start(log());
        await().until(() -> isWritten("hello"));
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
                .as("waited for while it is not written")
                .isBetween(Duration.ofMillis(1), DrainThread.FLUSH_MAX);
        assertThat(stderr()).isEmpty();
    }

    @Test
    void stoppingWritesWhatIsLeft() {
        running = start(log());
        ring.add(entry(Level.INFO, "last words"));
        running.stop();
        assertThat(log()).content().contains("last words");
        assertThat(ring.isOpen()).isFalse();
    }

    @Test
    void warningsAlsoGoToStandardError() {
        running = start(log());
        ring.add(entry(Level.INFO, "calm"));
        ring.add(entry(Level.WARN, "alarm"));
        running.stop();
        assertThat(stderr()).contains("alarm").doesNotContain("calm");
        assertThat(log()).content().contains("calm").contains("alarm");
    }

    @Test
    @Tag("MST-17")
    void aFullDiskIsToldOnceAndWhatWasLostOnceThereIsRoom() throws IOException {
        Files.createSymbolicLink(log(), Path.of("/dev/full"));
        running = start(log());
        ring.add(entry(Level.INFO, "patient"));
        await().untilAsserted(
                        () -> assertThat(stderr()).contains("cannot be written").contains("No space left"));
        ring.drop(7);
        Files.delete(log());
        await().untilAsserted(() -> assertThat(log())
                .content()
                .contains("patient")
                .containsPattern("could not be written for \\d+ s .*No space left.* entries lost: 7"));
        running.stop();
        assertThat(stderr().lines()).as("told once, and the end of it once").hasSize(2);
    }

    @Test
    void aStormOfEqualEntriesIsAFewLines() throws IOException {
        running = start(log());
        for (int i = 0; i < 10_000; i++) {
            ring.add(entry(Level.INFO, "storm"));
        }
        ring.add(entry(Level.INFO, "calm"));
        running.stop();
        assertThat(Files.readAllLines(log()))
                .hasSize(Repeats.FREE + 2)
                .anySatisfy(line -> assertThat(line).endsWith("calm"))
                .last()
                .asString()
                .contains("9990 more");
    }

    @Test
    void whatTheWriterCannotDoDoesNotEndIt() {
        running = start(log());
        ring.add(null);
        await().untilAsserted(() -> assertThat(stderr()).contains("NullPointerException"));
        ring.clear();
        ring.add(entry(Level.INFO, "on and on"));
        await().untilAsserted(() -> assertThat(log()).content().contains("on and on"));
    }

    @Test
    void noErrorEndsItEither() {
        AtomicBoolean isGone = new AtomicBoolean(true);
        ring.onDrain = () -> {
            if (isGone.get()) {
                throw new NoClassDefFoundError("gone");
            }
        };
        running = start(log());
        ring.add(entry(Level.INFO, "on and on"));
        await().untilAsserted(() -> assertThat(stderr()).contains("NoClassDefFoundError: gone"));
        isGone.set(false);
        await().untilAsserted(() -> assertThat(log()).content().contains("on and on"));
    }

    @Test
    void whatComesAgainAfterAFailureIsNoStorm() {
        LogWriter writer = writer(log());
        CapturedEntry patient = entry(Level.INFO, "patient");
        List<CapturedEntry> unwritable = List.of(patient, entry(Level.INFO, null));
        for (int i = 0; i <= Repeats.FREE; i++) {
            assertThatNullPointerException().isThrownBy(() -> writer.write(unwritable));
        }
        assertThat(writer.write(List.of(patient))).isEqualTo(1);
        writer.close();
        assertThat(log()).content().contains("patient").doesNotContain("left out");
    }

    @Test
    void theSuccessorTakesOverWhenThePredecessorStops() {
        running = start(log());
        await().until(ring::isOpen);
        DrainThread second = start(log());
        ring.add(entry(Level.INFO, "one"));
        running.stop();
        ring.add(entry(Level.INFO, "two"));
        await().untilAsserted(() -> assertThat(log()).content().contains("one").contains("two"));
        second.stop();
    }

    @Test
    void aSuccessorThatNeverGotItsTurnCanBeStopped() {
        running = start(log());
        await().until(ring::isOpen);
        DrainThread second = start(log());
        second.stop();
        ring.add(entry(Level.INFO, "still here"));
        await().untilAsserted(() -> assertThat(log()).content().contains("still here"));
    }

    @Test
    void levelsForStandardErrorAreReadKindly() {
        assertThat(FileLog.threshold(" error ")).isEqualTo(Level.ERROR.toInt());
        assertThat(FileLog.threshold("off")).isEqualTo(Integer.MAX_VALUE);
        assertThat(FileLog.threshold("loud")).isEqualTo(Level.WARN.toInt());
    }

    private DrainThread start(Path file) {
        DrainThread thread = new DrainThread(ring, writer(file));
        thread.start();
        return thread;
    }

    private LogWriter writer(Path file) {
        PrintStream out = new PrintStream(stderr, true, StandardCharsets.UTF_8);
        Clock clock = Clock.systemUTC();
        Limits limits = new Limits(1 << 20, Duration.ofDays(1), 2 << 20);
        RotatingFile target = new RotatingFile(file, limits, EntryFormat.TEXT, clock);
        return new LogWriter(ring, target, EntryFormat.TEXT, Level.WARN.toInt(), out, clock);
    }

    private boolean isWritten(String message) {
        try {
            return Files.exists(log()) && Files.readString(log()).contains(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return directory.resolve("p.log");
    }

    private String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    private static CapturedEntry entry(Level level, String message) {
        return Entries.of(Instant.now(), level, message, "");
    }
}
