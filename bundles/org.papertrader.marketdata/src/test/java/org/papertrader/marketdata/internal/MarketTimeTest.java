package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PRO-13")
class MarketTimeTest {
    private static final Instant START = Instant.parse("2016-01-04T00:00:00Z");
    private static final Instant END = Instant.parse("2017-12-29T21:00:00Z");
    private static final Duration SLACK = Duration.ofSeconds(20);

    private final ManualClock wall = new ManualClock("2026-11-23T10:00:00Z");

    @Test
    void runsAcceleratedOnceItIsStored() {
        MarketTime time = MarketTime.replay(wall, START, 17_280, END);
        wall.advance(Duration.ofSeconds(3));
        assertThat(time.now()).as("nothing stored yet").isEqualTo(START);
        time.stored(time.state(SLACK));
        wall.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void standsStillWithoutStorageAndGoesOnFromThere() {
        MarketTime time = running();
        wall.advance(Duration.ofMinutes(10));
        Instant stuck = START.plus(SLACK.multipliedBy(17_280));
        assertThat(time.now()).isEqualTo(stuck);
        time.stored(time.state(SLACK));
        assertThat(time.now()).isEqualTo(stuck);
        wall.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(stuck.plus(Duration.ofDays(1)));
    }

    @Test
    void endsWithTheData() {
        MarketTime time = MarketTime.replay(wall, END.minusSeconds(60), 17_280, END);
        time.stored(time.state(SLACK));
        assertThat(time.isAtEnd()).isFalse();
        wall.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(END);
        assertThat(time.isAtEnd()).isTrue();
    }

    @Test
    void goesOnWhenMoreDataComes() {
        MarketTime time = MarketTime.replay(wall, END, 17_280, END);
        time.followReplay(17_280, END.plus(Duration.ofDays(9)));
        time.stored(time.state(SLACK));
        wall.advance(Duration.ofSeconds(5));
        assertThat(time.now()).isEqualTo(END.plus(Duration.ofDays(1)));
    }

    @Test
    void neverJumpsWhenThePaceChanges() {
        MarketTime time = running();
        wall.advance(Duration.ofSeconds(5));
        Instant before = time.now();
        time.followReplay(60, END);
        assertThat(time.now()).isEqualTo(before);
        time.stored(time.state(SLACK));
        wall.advance(Duration.ofSeconds(1));
        assertThat(time.now()).isEqualTo(before.plusSeconds(60));
    }

    @Test
    void holdsWhenTheWallClockIsSetBack() {
        MarketTime time = running();
        wall.advance(Duration.ofSeconds(5));
        Instant before = time.now();
        wall.advance(Duration.ofMinutes(-5));
        assertThat(time.now()).isEqualTo(before);
        MarketTime present = MarketTime.present(wall);
        Instant now = present.now();
        wall.advance(Duration.ofHours(-1));
        assertThat(present.now()).isEqualTo(now);
    }

    @Test
    void timeThatTheMasterWasDownDoesNotPass() {
        MarketTime time = running();
        wall.advance(Duration.ofSeconds(5));
        ClockState stopped = reread(time.state(Duration.ZERO));
        wall.advance(Duration.ofDays(3));
        MarketTime restored = MarketTime.restored(wall, stopped);
        assertThat(restored.now()).isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void afterACrashItGoesOnWhereItMayHaveBeen() {
        MarketTime time = running();
        ClockState stored = reread(time.state(SLACK));
        wall.advance(Duration.ofSeconds(10));
        Instant seen = time.now();
        assertThat(MarketTime.restored(wall, stored).now()).as("died just now").isEqualTo(seen);
        wall.advance(Duration.ofDays(2));
        assertThat(MarketTime.restored(wall, stored).now())
                .as("no further than it may have run")
                .isEqualTo(START.plus(SLACK.multipliedBy(17_280)));
    }

    @Test
    void tellsMarketTimeOfARecentWallTime() {
        MarketTime time = running();
        Instant begin = wall.instant();
        wall.advance(Duration.ofSeconds(10));
        assertThat(time.at(begin.plusSeconds(5))).isEqualTo(START.plus(Duration.ofDays(1)));
        assertThat(time.at(begin.plusSeconds(3_600))).as("never later than now").isEqualTo(time.now());
        time.followReplay(1, END);
        assertThat(time.at(begin.plusSeconds(5))).as("by the pace of then").isEqualTo(START.plus(Duration.ofDays(1)));
    }

    @Test
    void neverGoesBackWhateverHappens() {
        long seed = 4_711;
        Random random = new Random(seed);
        MarketTime time = running();
        ClockState stored = time.state(SLACK);
        time.stored(stored);
        Instant highest = time.now();
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(8)) {
                case 0 -> wall.advance(Duration.ofMillis(-random.nextInt(3_000)));
                case 1 -> time.followReplay(1 + random.nextInt(50_000), END.plusSeconds(random.nextInt(1_000_000)));
                case 2 -> {
                    wall.advance(Duration.ofSeconds(random.nextInt(60)));
                    time = MarketTime.restored(wall, reread(stored));
                }
                case 3, 4 -> {
                    stored = time.state(Duration.ofMillis(random.nextInt(20_000)));
                    time.stored(stored);
                }
                default -> wall.advance(Duration.ofMillis(random.nextInt(2_000)));
            }
            assertThat(time.now()).as("seed %d step %d", seed, step).isAfterOrEqualTo(highest);
            highest = time.now();
        }
    }

    private MarketTime running() {
        MarketTime time = MarketTime.replay(wall, START, 17_280, END);
        time.stored(time.state(SLACK));
        return time;
    }

    private static ClockState reread(ClockState state) {
        return ClockState.parse(state.toText()).orElseThrow();
    }
}
