package org.papertrader.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.Durations;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;
import org.papertrader.metrics.api.Sample;
import org.papertrader.metrics.exposition.Exposition;

@Tag("DS-7")
class CollectorTest {
    private final Collector collector = new Collector();

    @Test
    void putsTogetherWhatSeveralSourcesSay() {
        bind(() -> List.of(gauge("one", "a", 1)));
        bind(() -> List.of(gauge("one", "b", 2), MetricFamily.counter("two_total", "Two.", 7)));
        Exposition page = page();
        assertThat(page.value("one", Map.of("of", "a"))).isEqualTo(1);
        assertThat(page.value("one", Map.of("of", "b"))).isEqualTo(2);
        assertThat(page.value("two_total", Map.of())).isEqualTo(7);
        assertThat(page.value("papertrader_metric_sources", Map.of())).isEqualTo(2);
        assertThat(page.value("papertrader_metric_faults_total", Map.of())).isZero();
        assertThat(List.copyOf(page.families().keySet())).isSorted();
    }

    @Test
    void aSourceThatFailsCostsItsOwnNumbersOnly() {
        bind(() -> {
            throw new IllegalStateException("broken");
        });
        bind(() -> {
            throw new NoClassDefFoundError("gone");
        });
        bind(() -> List.of(gauge("one", "a", 1)));
        assertThat(page().value("one", Map.of())).isEqualTo(1);
        assertThat(page().value("papertrader_metric_faults_total", Map.of())).isEqualTo(4);
    }

    @Test
    void noSeriesIsThereTwice() {
        bind(() -> List.of(gauge("one", "a", 1)));
        bind(() -> List.of(gauge("one", "a", 2)));
        Exposition page = page();
        assertThat(page.of("one")).hasSize(1);
        assertThat(page.value("one", Map.of())).isEqualTo(1);
        assertThat(page.value("papertrader_metric_faults_total", Map.of())).isEqualTo(1);
    }

    @Test
    void aNameIsOneThing() {
        bind(() -> List.of(gauge("one", "a", 1)));
        bind(() -> List.of(MetricFamily.gauge("one", "Another help.", 2)));
        bind(() -> List.of(MetricFamily.histogram("one", "One.", List.of(new Durations().sample(Map.of("of", "b"))))));
        bind(() -> List.of(MetricFamily.gauge("one", "One.", List.of(Sample.of(Map.of("other", "b"), 1)))));
        Exposition page = page();
        assertThat(page.of("one")).hasSize(1);
        assertThat(page.value("papertrader_metric_faults_total", Map.of())).isEqualTo(3);
    }

    @Test
    void whatLeavesIsNotAskedAnyMore() {
        MetricSource source = () -> List.of(gauge("one", "a", 1));
        collector.bindSource(source, Map.of());
        assertThat(page().of("one")).hasSize(1);
        collector.unbindSource(source);
        assertThat(page().of("one")).isEmpty();
    }

    private Exposition page() {
        return Exposition.parse(TextFormat.of(collector.collect()));
    }

    private void bind(MetricSource source) {
        collector.bindSource(source, Map.of());
    }

    private static MetricFamily gauge(String name, String of, long value) {
        return MetricFamily.gauge(name, "One.", List.of(Sample.of(Map.of("of", of), value)));
    }
}
