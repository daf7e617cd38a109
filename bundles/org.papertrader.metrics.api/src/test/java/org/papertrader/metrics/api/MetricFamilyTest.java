package org.papertrader.metrics.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("DS-7")
class MetricFamilyTest {
    @ParameterizedTest
    @ValueSource(strings = {"Upper_total", "a-b_total", "1_total", "count", "a__b_total", "_total", "a b_total"})
    void aCounterHasAName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> MetricFamily.counter(name, "Help.", 1));
    }

    @Test
    void aGaugeIsNotNamedAsACounter() {
        assertThatIllegalArgumentException().isThrownBy(() -> MetricFamily.gauge("a_total", "Help.", 1));
    }

    @Test
    void helpIsOneLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> MetricFamily.gauge("a", "Two\nlines.", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> MetricFamily.gauge("a", " ", 1));
    }

    @Test
    void samplesFitTheType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricFamily.histogram("a_seconds", "Help.", List.of(Sample.of(1))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricFamily.gauge("a", "Help.", List.of(new Durations().sample(Map.of()))));
    }

    @Test
    void thereAreNotTooMany() {
        List<Sample> many = IntStream.rangeClosed(0, MetricFamily.SAMPLES_MAX)
                .mapToObj(i -> Sample.of(Map.of("n", Integer.toString(i)), 1))
                .toList();
        assertThatIllegalArgumentException().isThrownBy(() -> MetricFamily.gauge("a", "Help.", many));
        assertThat(MetricFamily.gauge("a", "Help.", many.subList(1, many.size()))
                        .samples())
                .hasSize(MetricFamily.SAMPLES_MAX);
    }

    @Test
    void labelsHaveNamesAndBoundedValues() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(Map.of("A", "x"), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.of(Map.of("a", "x".repeat(201)), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Durations().sample(Map.of("le", "x")));
    }

    @Test
    void timesAreExact() {
        assertThat(Sample.nanos(Map.of(), 1)).isEqualTo(new Sample.Amount(Map.of(), new BigDecimal("0.000000001")));
        assertThat(Sample.seconds(Map.of(), Duration.ofMillis(-1_500)))
                .isEqualTo(new Sample.Amount(Map.of(), new BigDecimal("-1.500000000")));
        assertThat(Sample.at(Map.of(), Instant.ofEpochMilli(1_234)))
                .isEqualTo(new Sample.Amount(Map.of(), new BigDecimal("1.234")));
    }

    @Test
    void aTimeOnABoundIsWithinIt() {
        Durations durations = new Durations();
        durations.record(1_000);
        durations.record(1_001);
        durations.record(-5);
        durations.record(Long.MAX_VALUE / 2);
        Sample.Spread spread = (Sample.Spread) durations.sample(Map.of());
        assertThat(spread.counts().subList(0, 2)).containsExactly(2L, 1L);
        assertThat(spread.counts().get(spread.counts().size() - 1)).isEqualTo(1);
        assertThat(durations.count()).isEqualTo(4);
        assertThat(spread.bounds().get(0)).isEqualByComparingTo("0.000001");
    }
}
