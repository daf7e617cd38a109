package org.papertrader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Volume;

class ChartTest {
    @Test
    void risesFromLowToHigh() {
        List<String> lines = Chart.draw(bars(8));
        assertThat(lines.get(0)).endsWith("*").contains("8.00");
        assertThat(lines.get(7)).contains("1.00 |*");
        assertThat(lines.get(9)).contains("2016-01-01").contains("2016-01-08");
    }

    @Test
    void fitsEightyColumnsHoweverManyBars() {
        assertThat(Chart.draw(bars(5_000))).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(Chart.draw(List.of())).isEmpty();
        assertThat(Chart.draw(bars(1))).isNotEmpty();
    }

    private static List<Bar> bars(int count) {
        Instant first = Instant.parse("2016-01-01T00:00:00Z");
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    Price price = Price.parse(Integer.toString(i + 1));
                    Instant start = first.plus(Duration.ofDays(i));
                    return new Bar(start, start, price, price, price, price, Volume.ZERO);
                })
                .toList();
    }
}
