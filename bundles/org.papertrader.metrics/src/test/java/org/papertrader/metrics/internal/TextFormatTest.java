package org.papertrader.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.metrics.exposition.Exposition;

@Tag("DS-7")
class TextFormatTest {
    @Test
    void isWhatPrometheusReads() {
        String text = TextFormat.of(List.of(
                MetricFamily.counter(
                        "a_total",
                        "A \\ and \"b\".",
                        List.of(Sample.of(Map.of("y", "\"\\\n", "x", "é"), 1_000_000_000_000L))),
                MetricFamily.gauge("b_seconds", "B.", List.of(Sample.nanos(Map.of(), -1_500_000_000L))),
                MetricFamily.histogram(
                        "c_seconds",
                        "C.",
                        List.of(new Sample.Spread(
                                Map.of("s", "t"),
                                List.of(new BigDecimal("0.000001"), BigDecimal.TEN),
                                List.of(1L, 2L, 3L),
                                new BigDecimal("40.50")))),
                MetricFamily.gauge("d", "D.", List.of())));
        assertThat(text).isEqualTo("""
            # HELP a_total A \\\\ and "b".
            # TYPE a_total counter
            a_total{x="é",y="\\"\\\\\\n"} 1000000000000
            # HELP b_seconds B.
            # TYPE b_seconds gauge
            b_seconds -1.5
            # HELP c_seconds C.
            # TYPE c_seconds histogram
            c_seconds_bucket{le="0.000001",s="t"} 1
            c_seconds_bucket{le="10",s="t"} 3
            c_seconds_bucket{le="+Inf",s="t"} 6
            c_seconds_sum{s="t"} 40.5
            c_seconds_count{s="t"} 6
            # HELP d D.
            # TYPE d gauge
            """);
        assertThat(Exposition.parse(text).value("c_seconds_count", Map.of("s", "t")))
                .isEqualTo(6);
    }

    @Test
    void theMachineIsDescribedValidly() {
        Exposition page = Exposition.parse(TextFormat.of(new JvmSource().metrics()));
        assertThat(page.value("jvm_memory_used_bytes", Map.of("area", "heap"))).isPositive();
        assertThat(page.value("process_cpu_seconds_total", Map.of())).isPositive();
        assertThat(page.value("process_open_fds", Map.of())).isPositive();
        assertThat(page.value("jvm_threads_current", Map.of())).isPositive();
        assertThat(page.value("process_start_time_seconds", Map.of())).isBetween(1.7e9, 1e10);
    }
}
