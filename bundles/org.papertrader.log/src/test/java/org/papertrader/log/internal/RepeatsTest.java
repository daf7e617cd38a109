package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.papertrader.log.front.CapturedEntry;
import org.slf4j.event.Level;

class RepeatsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Repeats repeats = new Repeats(nanos::get);

    @Test
    void theFirstAreWrittenAndTheOthersCounted() {
        CapturedEntry storm = Entries.of(Level.WARN, "storm");
        long written =
                IntStream.range(0, 1_000).filter(i -> !repeats.isTooMany(storm)).count();
        assertThat(written).isEqualTo(Repeats.FREE);
        assertThat(repeats.isTooMany(Entries.of(Level.WARN, "other"))).isFalse();
        assertThat(repeats.ended(false)).as("the window is not over").isEmpty();

        nanos.addAndGet(Repeats.WINDOW.toNanos());
        List<CapturedEntry> reports = repeats.ended(false);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).message()).contains("990 more").endsWith("storm");
        assertThat(repeats.isTooMany(storm)).as("a new window").isFalse();
        assertThat(repeats.ended(true)).isEmpty();
    }

    @Test
    void whatComesAgainIsNotCountedTwice() {
        CapturedEntry storm = Entries.of(Level.WARN, "storm");
        IntStream.range(0, Repeats.FREE + 5).forEach(i -> repeats.isTooMany(storm));
        IntStream.range(0, 3).forEach(i -> repeats.uncount(storm));
        assertThat(repeats.ended(true).get(0).message()).contains("(2 more");
    }

    @Test
    void tooManyKindsAreLetThrough() {
        IntStream.range(0, Repeats.KINDS_MAX).forEach(i -> repeats.isTooMany(Entries.of(Level.INFO, "kind " + i)));
        CapturedEntry late = Entries.of(Level.INFO, "late");
        assertThat(IntStream.range(0, 100).filter(i -> repeats.isTooMany(late))).isEmpty();
    }
}
