package org.papertrader.log.front.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.papertrader.log.front.LogDrain;
import org.slf4j.event.Level;

class BoundedRingTest {

    private static final int MAX = 16;

    private final BoundedRing ring = new BoundedRing(MAX, Clock.systemUTC());

    @Test
    void handsOutInOrderOfArrivalAcrossLevels() throws Exception {
        offer(Level.INFO, "a");
        offer(Level.ERROR, "b");
        offer(Level.DEBUG, "c");
        offer(Level.INFO, "d");

        assertThat(messages()).containsExactly("a", "b", "c", "d");
        assertThat(ring.size()).isZero();
    }

    @Test
    @Tag("MST-18")
    void dropsTheOldestOfTheLowestLevelFirstAndSaysHowMany() throws Exception {
        for (int i = 0; i < MAX - 2; i++) {
            offer(Level.INFO, "info" + i);
        }
        offer(Level.DEBUG, "debug0");
        offer(Level.DEBUG, "debug1");
        offer(Level.WARN, "warn0");
        offer(Level.WARN, "warn1");
        offer(Level.WARN, "warn2");
        offer(Level.DEBUG, "debug2");

        List<String> messages = messages();
        assertThat(messages.get(0)).contains("dropped").contains("INFO=1").contains("DEBUG=3");
        assertThat(messages.subList(1, messages.size()))
                .hasSize(MAX)
                .doesNotContain("info0", "debug0", "debug1", "debug2")
                .contains("info1", "warn0", "warn1", "warn2");
        assertThat(ring.dropped()).isEqualTo(4);
        assertThat(ring.droppedByLevel())
                .containsEntry(Level.INFO, 1L)
                .containsEntry(Level.DEBUG, 3L)
                .containsEntry(Level.WARN, 0L);
        assertThat(ring.writtenByLevel())
                .containsEntry(Level.INFO, MAX - 3L)
                .containsEntry(Level.DEBUG, 0L)
                .containsEntry(Level.WARN, 3L);
        offer(Level.INFO, "next");
        assertThat(messages()).as("the report is given once").containsExactly("next");
    }

    @Test
    @Tag("VAR-3")
    void neverHoldsMoreThanItsBoundUnderConcurrentLoad() throws Exception {
        int bound = 64;
        BoundedRing small = new BoundedRing(bound, Clock.systemUTC());
        int threads = 4;
        int each = 20_000;
        AtomicInteger worst = new AtomicInteger();
        AtomicInteger written = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        AtomicBoolean producing = new AtomicBoolean(true);
        Future<?> drainer = pool.submit(() -> {
            try (LogDrain drain = small.open(Duration.ZERO).orElseThrow()) {
                while (producing.get() || small.size() > 0) {
                    drain.drain(batch -> {
                        worst.accumulateAndGet(small.size(), Math::max);
                        written.addAndGet((int) batch.stream()
                                .filter(entry -> entry.logger().equals("t"))
                                .count());
                        return batch.size();
                    });
                }
            }
            return null;
        });
        List<Future<?>> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            producers.add(pool.submit(() -> {
                for (int i = 0; i < each; i++) {
                    small.offer(entry(i % 3 == 0 ? Level.WARN : Level.DEBUG, "x"));
                    worst.accumulateAndGet(small.size(), Math::max);
                }
            }));
        }
        for (Future<?> producer : producers) {
            producer.get(60, TimeUnit.SECONDS);
        }
        producing.set(false);
        drainer.get(60, TimeUnit.SECONDS);
        pool.shutdown();

        assertThat(worst.get()).isPositive().isLessThanOrEqualTo(bound);
        assertThat(written.get() + small.dropped()).isEqualTo((long) threads * each);
    }

    @Test
    @Tag("VAR-3")
    void countsEntriesUnderWayUntilTheyAreWritten() throws Exception {
        for (int i = 0; i < MAX; i++) {
            offer(Level.INFO, "i" + i);
        }
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                offer(Level.ERROR, "too late");
                assertThat(ring.size()).isEqualTo(MAX);
                return batch.size();
            });
        }
        assertThat(ring.size()).isZero();
        assertThat(ring.dropped()).isEqualTo(1);
    }

    @Test
    void givesBackWhatTheSinkCouldNotWriteInItsOldOrder() throws Exception {
        offer(Level.WARN, "a");
        offer(Level.INFO, "b");
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            assertThatThrownBy(() -> drain.drain(batch -> {
                        offer(Level.WARN, "c");
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
        assertThat(messages()).containsExactly("a", "b", "c");
    }

    @Test
    void whatWasWrittenBeforeTheDiskWasFullIsNotHandedOverAgain() throws Exception {
        for (int i = 0; i <= MAX; i++) {
            offer(Level.INFO, "i" + i);
        }
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            assertThat(drain.drain(batch -> 0)).isZero();
            assertThat(drain.drain(batch -> {
                        assertThat(batch.get(0).message()).contains("INFO=1");
                        return 3;
                    }))
                    .isEqualTo(3);
        }
        assertThat(messages()).hasSize(MAX - 2).startsWith("i3").doesNotContain("dropped");
    }

    @Test
    @Tag("MST-3")
    void flushingWaitsUntilAllBeforeIsWritten() throws Exception {
        assertThat(ring.flush(Duration.ofMillis(1))).as("nothing there").isTrue();
        offer(Level.INFO, "a");
        assertThat(ring.flush(Duration.ofMillis(1))).as("nobody drains").isFalse();
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            AtomicBoolean isWritten = new AtomicBoolean();
            Thread writer = new Thread(() -> drain.drain(batch -> {
                isWritten.set(true);
                return batch.size();
            }));
            writer.start();
            assertThat(ring.flush(Duration.ofMinutes(1))).isTrue();
            assertThat(isWritten).isTrue();
            writer.join();
        }
    }

    @Test
    void anEntryThatWaitsForAWriterPinsNoClassOfItsCaller() throws Exception {
        AtomicInteger looked = new AtomicInteger();
        ring.offer(lazily(looked));
        assertThat(looked).as("nobody drains").hasValue(1);
        LogDrain drain = ring.open(Duration.ZERO).orElseThrow();
        ring.offer(lazily(looked));
        assertThat(looked).as("the writer will look").hasValue(1);
        drain.close();
        assertThat(looked).as("nobody drains any more").hasValue(2);
    }

    @Test
    void aChangedBoundHoldsAtOnce() throws Exception {
        BoundedRing big = new BoundedRing(100, Clock.systemUTC());
        for (int i = 0; i < 100; i++) {
            big.offer(entry(i < 50 ? Level.ERROR : Level.INFO, "m" + i));
        }
        big.entriesMax(20);
        assertThat(big.size()).isEqualTo(20);
        assertThat(big.dropped()).isEqualTo(80);
        try (LogDrain drain = big.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                assertThat(batch.get(1).level()).isEqualTo(Level.ERROR);
                return batch.size();
            });
        }
    }

    @Test
    @Tag("VAR-3")
    void aChangedBoundHoldsForWhatComesBackFromADrain() throws Exception {
        BoundedRing big = new BoundedRing(100, Clock.systemUTC());
        for (int i = 0; i < 100; i++) {
            big.offer(entry(Level.INFO, "m" + i));
        }
        try (LogDrain drain = big.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                big.entriesMax(20);
                return 0;
            });
        }
        assertThat(big.size()).isEqualTo(20);
        assertThat(big.dropped()).isEqualTo(80);
    }

    @Test
    void aFullRingIsRenderedInPieces() throws Exception {
        int entries = 10 * BoundedRing.BATCH_MAX + 1;
        BoundedRing big = new BoundedRing(entries, Clock.systemUTC());
        List<Integer> rendered = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        AtomicInteger looked = new AtomicInteger();
        try (LogDrain drain = big.open(Duration.ZERO).orElseThrow()) {
            for (int i = 0; i <= entries; i++) {
                big.offer(lazily(looked));
            }
            int written = drain.drain(batch -> {
                rendered.add(looked.getAndSet(0));
                batch.forEach(entry -> messages.add(entry.message()));
                if (rendered.size() > 1) {
                    big.offer(entry(Level.INFO, "came meanwhile"));
                }
                return batch.size();
            });
            assertThat(written).isEqualTo(messages.size()).isEqualTo(entries + 1);
        }
        assertThat(rendered).hasSize(11).allMatch(count -> count <= BoundedRing.BATCH_MAX);
        assertThat(messages.get(0)).contains("entries dropped: {INFO=1}");
        assertThat(messages).doesNotContain("came meanwhile");
    }

    @Test
    void opensASecondDrainOnlyAfterTheFirstIsClosed() throws Exception {
        LogDrain first = ring.open(Duration.ZERO).orElseThrow();
        CountDownLatch opened = new CountDownLatch(1);
        Thread second = new Thread(() -> {
            try {
                LogDrain drain = ring.open(Duration.ofMinutes(1)).orElseThrow();
                opened.countDown();
                drain.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        second.start();
        assertThat(opened.await(100, TimeUnit.MILLISECONDS)).isFalse();
        first.close();
        first.close();
        assertThat(opened.await(10, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> first.drain(List::size)).isInstanceOf(IllegalStateException.class);
        second.join();
        assertThat(ring.open(Duration.ZERO)).isPresent();
        assertThat(ring.open(Duration.ZERO)).as("closing twice released once").isEmpty();
    }

    @Test
    void waitingEndsWhenHalfFullOrWoken() throws Exception {
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            drain.wake();
            drain.await(Duration.ofMinutes(1));
            for (int i = 0; i < MAX / 2; i++) {
                offer(Level.INFO, "x");
            }
            drain.await(Duration.ofMinutes(1));
            drain.drain(List::size);
            offer(Level.WARN, "at once");
            drain.await(Duration.ofMinutes(1));
        }
    }

    private List<String> messages() throws Exception {
        List<String> messages = new ArrayList<>();
        try (LogDrain drain = ring.open(Duration.ZERO).orElseThrow()) {
            drain.drain(batch -> {
                batch.forEach(entry -> messages.add(entry.message()));
                return batch.size();
            });
        }
        return messages;
    }

    private void offer(Level level, String message) {
        ring.offer(entry(level, message));
    }

    private static Pending entry(Level level, String message) {
        return new Pending(Instant.EPOCH, level, "t", "thread", () -> Origin.UNKNOWN, Map.of(), message, () -> "");
    }

    private static Pending lazily(AtomicInteger looked) {
        Supplier<Origin> origin = () -> {
            looked.incrementAndGet();
            return Origin.UNKNOWN;
        };
        return new Pending(Instant.EPOCH, Level.INFO, "t", "thread", origin, Map.of(), "m", () -> "");
    }
}
