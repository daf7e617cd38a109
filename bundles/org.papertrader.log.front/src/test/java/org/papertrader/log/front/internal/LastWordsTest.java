package org.papertrader.log.front.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogDrain;
import org.slf4j.event.Level;

@Tag("MST-3")
class LastWordsTest {

    private final Front front = new Front(new BoundedRing(64, Clock.systemUTC()), Clock.systemUTC());
    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private final List<CapturedEntry> written = new CopyOnWriteArrayList<>();
    private final LastWords lastWords = new LastWords(front, code -> {
        assertThat(front.ring().size()).as("entries not on disk").isZero();
        exits.add(code);
    });
    private Thread writer;

    @BeforeEach
    void start() throws Exception {
        LogDrain drain = front.ring().open(Duration.ZERO).orElseThrow();
        writer = new Thread(() -> write(drain));
        writer.start();
        lastWords.install();
    }

    @AfterEach
    void stop() throws Exception {
        lastWords.remove();
        writer.interrupt();
        writer.join();
    }

    @Test
    void anUncaughtExceptionIsWrittenBeforeItsThreadIsGone() throws Exception {
        Thread thread = new Thread(
                () -> {
                    throw new IllegalStateException("why");
                },
                "doomed");
        thread.start();
        thread.join();

        CapturedEntry entry = written.get(0);
        assertThat(entry.level()).isEqualTo(Level.ERROR);
        assertThat(entry.message()).contains("java.lang.IllegalStateException").contains("doomed");
        assertThat(entry.origin().file()).isEqualTo("LastWordsTest.java");
        assertThat(entry.stackTrace()).startsWith("java.lang.IllegalStateException: why");
        assertThat(exits).as("one thread's failure is not the program's").isEmpty();
    }

    @Test
    void aMachineWithoutMemoryEndsOnceItsLogIsWritten() throws Exception {
        front.logger("n").info("before");
        Thread thread = new Thread(() -> {
            throw new OutOfMemoryError("for a test");
        });
        thread.start();
        thread.join();
        assertThat(written).extracting(CapturedEntry::message).hasSize(2).startsWith("before");
        assertThat(exits).containsExactly(LastWords.EXIT_CODE);
    }

    @Test
    void soItDoesWhenSomebodyCaughtTheErrorAndLoggedIt() {
        front.ring().offer(front.capture().capture(Level.WARN, null, "n", "caught", null));
        lastWords.logged(new IllegalStateException(new OutOfMemoryError("for a test")));
        lastWords.logged(new OutOfMemoryError("again"));
        assertThat(written).hasSize(1);
        assertThat(exits).containsExactly(LastWords.EXIT_CODE);
    }

    @Test
    void otherErrorsAreOnlyLogged() {
        lastWords.logged(new StackOverflowError());
        lastWords.logged(new IllegalStateException());
        assertThat(exits).isEmpty();
    }

    private void write(LogDrain drain) {
        try (drain) {
            while (!Thread.currentThread().isInterrupted()) {
                drain.await(Duration.ofSeconds(1));
                drain.drain(entries -> {
                    written.addAll(new ArrayList<>(entries));
                    return entries.size();
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
