package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.SourceException;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.metrics.api.Readings;
import org.papertrader.model.Symbol;

/** Intervals and sources in numbers. */
@Tag("DS-7")
class MarketMetricsTest {
    private static final Symbol XYZ = new Symbol("XYZ");
    private static final Map<String, String> LIVE = Map.of("source", "live");

    private final EngineFixture fixture = new EngineFixture();
    private final FakeSource source = new FakeSource("live")
            .replay(Instant.parse("2015-01-02T00:00:00Z"), Instant.parse("2017-12-30T00:00:00Z"))
            .add(XYZ, TestBars.day("2015-12-31", "5"));

    @AfterEach
    void close() throws InterruptedException {
        fixture.engine.close();
    }

    @Test
    void countsIntervalsAndAnswers() {
        source.limited(100, new Capabilities.Quota(1_000, Duration.ofDays(1)));
        fixture.source(source, 1).start(EngineFixture.settings());
        Readings first = readings();
        fixture.runs(2);
        Readings later = readings();
        assertThat(later.value("papertrader_interval_duration_seconds", Map.of()))
                .isEqualTo(first.value("papertrader_interval_duration_seconds", Map.of()) + 2);
        assertThat(answers(later, "ok")).isEqualTo(answers(first, "ok") + 2);
        assertThat(later.value("papertrader_source_quota_left", LIVE))
                .isEqualTo(first.value("papertrader_source_quota_left", LIVE) - 2);
        assertThat(later.value("papertrader_source_answer_age_seconds", LIVE)).isZero();
        assertThat(later.value("papertrader_interval_length_seconds", Map.of())).isEqualTo(3_600);
        assertThat(later.value("papertrader_interval_until_next_seconds", Map.of()))
                .isEqualTo(3_600);
        assertThat(later.value("papertrader_sources", Map.of())).isEqualTo(1);
        assertThat(later.value("papertrader_values", Map.of())).isEqualTo(1);
        fixture.wall.advance(Duration.ofHours(2));
        assertThat(readings().value("papertrader_source_answer_age_seconds", LIVE))
                .isEqualTo(7_200);
        assertThat(readings().value("papertrader_interval_until_next_seconds", Map.of()))
                .isEqualTo(-3_600);
    }

    @Test
    void countsFailuresByTheirFault() {
        fixture.source(source, 1).start(EngineFixture.settings());
        source.onLatest = () -> {
            throw new SourceException(Fault.RATE_LIMITED, "slow down", null);
        };
        fixture.runs(1);
        assertThat(answers(readings(), "rate_limited")).isEqualTo(1);
        assertThat(readings().value("papertrader_source_paused", LIVE)).isEqualTo(1);
    }

    private static double answers(Readings readings, String result) {
        return readings.value("papertrader_source_answers_total", Map.of("source", "live", "result", result));
    }

    private Readings readings() {
        return Readings.of(fixture.engine::metrics);
    }
}
