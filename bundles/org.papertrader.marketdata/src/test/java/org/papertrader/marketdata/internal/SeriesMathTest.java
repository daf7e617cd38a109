package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.marketdata.internal.TestBars.day;
import static org.papertrader.marketdata.internal.TestBars.minute;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Volume;

@Tag("PRO-13")
class SeriesMathTest {
    @Test
    void aMonthGoesFromItsFirstDayToItsLast() {
        List<Bar> months = SeriesMath.byMonth(List.of(
                day("2016-01-29", "5"), day("2016-02-01", "3"), day("2016-02-02", "9"), day("2016-02-29", "4")));
        assertThat(months).hasSize(2);
        Bar february = months.get(1);
        assertThat(february.start()).isEqualTo("2016-02-01T00:00:00Z");
        assertThat(february.end()).isEqualTo("2016-02-29T20:00:00Z");
        assertThat(february.open()).isEqualTo(Price.parse("3"));
        assertThat(february.high()).isEqualTo(Price.parse("9"));
        assertThat(february.low()).isEqualTo(Price.parse("3"));
        assertThat(february.close()).isEqualTo(Price.parse("4"));
        assertThat(february.volume()).isEqualTo(new Volume(30, 0));
    }

    @Test
    void minutesAreJoinedByPeriod() {
        List<Bar> bars = SeriesMath.byPeriod(
                List.of(
                        minute("2016-02-01T14:58:00Z", "1"),
                        minute("2016-02-01T14:59:00Z", "2"),
                        minute("2016-02-01T15:00:00Z", "3"),
                        minute("2016-02-01T15:04:00Z", "4"),
                        minute("2016-02-01T15:05:00Z", "5")),
                Duration.ofMinutes(5));
        assertThat(bars).extracting(bar -> bar.close().toString()).containsExactly("2", "4", "5");
        assertThat(bars).extracting(Bar::start).contains(Instant.parse("2016-02-01T15:00:00Z"));
    }

    @Test
    void ofADayThatWasSeenUnfinishedTheLastCounts() {
        Bar early = minute("2016-02-01T00:00:00Z", "1");
        Bar full = day("2016-02-01", "2");
        assertThat(SeriesMath.onePerStart(List.of(early, full))).containsExactly(full);
    }

    @Test
    void nothingStaysNothing() {
        assertThat(SeriesMath.byMonth(List.of())).isEmpty();
    }
}
