package org.papertrader.metrics.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker itself. */
class ExpositionTest {
    private static final String GOOD = """
        # HELP a_total Help.
        # TYPE a_total counter
        a_total{x="1",y="say \\"\\\\\\n\\""} 5
        a_total{x="2",y=""} 0
        # HELP t_seconds How long.
        # TYPE t_seconds histogram
        t_seconds_bucket{le="0.1"} 1
        t_seconds_bucket{le="+Inf"} 3
        t_seconds_sum 1.25
        t_seconds_count 3
        # HELP empty Nothing.
        # TYPE empty gauge
        """;

    @Test
    void readsWhatIsRight() {
        Exposition page = Exposition.parse(GOOD);
        assertThat(page.families()).containsOnlyKeys("a_total", "t_seconds", "empty");
        assertThat(page.value("a_total", Map.of("y", "say \"\\\n\""))).isEqualTo(5);
        assertThat(page.sum("a_total", Map.of())).isEqualTo(5);
        assertThat(page.value("t_seconds_sum", Map.of())).isEqualTo(1.25);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a_total 1\n",
                "# TYPE a_total counter\na_total 1\n",
                "# HELP a Help.\n# TYPE a counter\na 1\n",
                "# HELP a_total Help.\n# TYPE a_total gauge\na_total 1\n",
                "# HELP a Help.\n# TYPE a gauge\na 1\na 1\n",
                "# HELP a Help.\n# TYPE a gauge\na{x=\"1\"} 1\na{x=\"1\"} 2\n",
                "# HELP a Help.\n# TYPE a gauge\na{x=\"1\",x=\"2\"} 1\n",
                "# HELP a Help.\n# TYPE a gauge\na{x=\"1\",} 1\n",
                "# HELP a Help.\n# TYPE a gauge\na{x=\"\\t\"} 1\n",
                "# HELP a Help.\n# TYPE a gauge\na{x=1} 1\n",
                "# HELP a Help.\n# TYPE a gauge\na{} 1\n",
                "# HELP a Help.\n# TYPE a gauge\na 1e5\n",
                "# HELP a Help.\n# TYPE a gauge\na 1",
                "# HELP a Help.\n# TYPE a gauge\nb 1\n",
                "# HELP a Help.\n# TYPE a gauge\n# HELP b Help.\n# TYPE b gauge\na 1\n",
                "# HELP a_total Help.\n# TYPE a_total counter\na_total -1\n",
                "# HELP a Help.\n# TYPE a histogram\na_bucket{le=\"1\"} 1\na_sum 1\na_count 1\n",
                "# HELP a Help.\n"
                        + "# TYPE a histogram\n"
                        + "a_bucket{le=\"1\"} 2\n"
                        + "a_bucket{le=\"+Inf\"} 1\n"
                        + "a_sum 1\n"
                        + "a_count 1\n",
                "# HELP a Help.\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 2\na_sum 1\na_count 1\n",
                "# HELP a Help.\n# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_count 1\n",
            })
    void refusesWhatIsNot(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Exposition.parse(text));
    }
}
