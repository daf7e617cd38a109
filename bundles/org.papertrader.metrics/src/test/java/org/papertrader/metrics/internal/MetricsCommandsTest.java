package org.papertrader.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.Durations;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.shell.text.Failed;

@Tag("DS-7")
@Tag("CARD-9")
class MetricsCommandsTest {
    private final Collector collector = new Collector();
    private final MetricsCommands commands = new MetricsCommands(collector);

    @BeforeEach
    void bind() {
        Durations durations = new Durations();
        durations.record(1_000_000);
        durations.record(2_000_000);
        collector.bindSource(
                () -> List.of(
                        MetricFamily.counter(
                                "papertrader_a_total",
                                "A \"quoted\" one.",
                                List.of(Sample.of(Map.of("x", "1", "b", "y".repeat(100)), 5))),
                        MetricFamily.histogram(
                                "papertrader_t_seconds", "T.", List.of(durations.sample(Map.of("side", "worker"))))),
                Map.of());
    }

    @Test
    void showsWhatBeginsSo() {
        assertThat(commands.list(false, "t_")).isEqualTo(commands.list(false, "papertrader_t_"));
        assertThat(commands.list(false, "t_").lines())
                .containsExactly("papertrader_t_seconds", "  side=worker" + " ".repeat(53) + "  2 x 0.0015 s");
        assertThatThrownBy(() -> commands.list(false, "zzz"))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("no metric begins with zzz");
    }

    @Test
    void keepsToTheTerminalWhereLabelsAllow() {
        String all = commands.list(false);
        assertThat(all).contains("papertrader_a_total", "papertrader_metric_sources");
        assertThat(all.lines().filter(line -> !line.contains("yyy"))).allMatch(line -> line.length() <= 80);
    }

    @Test
    void isJsonForScripts() {
        assertThat(commands.list(true, "a_"))
                .isEqualTo("[{\"name\":\"papertrader_a_total\",\"type\":\"counter\",\"help\":\"A \\\"quoted\\\" one.\","
                        + "\"samples\":[{\"labels\":{\"b\":\"" + "y".repeat(100) + "\",\"x\":\"1\"},\"value\":5}]}]\n");
        assertThat(commands.list(true, "t_")).contains("\"sum\":0.003}", "\"bounds\":[0.000001,");
    }
}
