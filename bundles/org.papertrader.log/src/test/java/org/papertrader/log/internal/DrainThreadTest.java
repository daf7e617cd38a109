package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
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
    void anEntryIsInTheFileWithinASecond() {
        running = start(log());
        ring.add(entry(Level.INFO, "hello"));
        await().atMost(DrainThread.FLUSH_MAX)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(log()).content().contains("hello"));
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
    void whatCannotBeWrittenIsKeptAndWrittenLater() throws IOException {
        Path blocked = directory.resolve("log");
        Files.writeString(blocked, "a file where the folder should be");
        running = start(blocked.resolve("p.log"));
        ring.add(entry(Level.INFO, "patient"));
        await().untilAsserted(() -> assertThat(stderr()).contains("cannot be written"));
        Files.delete(blocked);
        await().untilAsserted(
                        () -> assertThat(blocked.resolve("p.log")).content().contains("patient"));
        assertThat(stderr().lines()).as("told once").hasSize(1);
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
        PrintStream out = new PrintStream(stderr, true, StandardCharsets.UTF_8);
        DrainThread thread = new DrainThread(ring, new RotatingFile(file, 1 << 20, 2), Level.WARN.toInt(), out);
        thread.start();
        return thread;
    }

    private Path log() {
        return directory.resolve("p.log");
    }

    private String stderr() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    private static CapturedEntry entry(Level level, String message) {
        return new CapturedEntry(Instant.EPOCH, level, "l", "t", Origin.UNKNOWN, message, "");
    }
}
