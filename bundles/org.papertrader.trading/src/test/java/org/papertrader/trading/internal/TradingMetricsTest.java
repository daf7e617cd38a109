package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.AAPL;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.Readings;
import org.papertrader.model.OrderId;
import org.papertrader.model.Side;

/** What became of orders is counted once each, when it is on disk. */
@Tag("DS-7")
class TradingMetricsTest {
    private final TradingFixture fixture = new TradingFixture(new MemoryLedgerStore()).awaitReady();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void countsOrdersByOutcome() {
        fixture.price(AAPL, "100");
        fixture.accepted(1, Side.BUY, AAPL, "10");
        OrderId withdrawn = fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.refused(1, Side.BUY, AAPL, "0");
        fixture.refused(1, Side.BUY, AAPL, "-1");
        fixture.cancel(1, withdrawn);
        assertThat(value("papertrader_orders_open", Map.of())).isEqualTo(1);
        assertThat(value("papertrader_orders_oldest_age_seconds", Map.of())).isNotZero();
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "101");
        fixture.interval();

        assertThat(value("papertrader_orders_accepted_total", Map.of())).isEqualTo(2);
        assertThat(value("papertrader_orders_refused_total", Map.of("reason", "badQuantity")))
                .isEqualTo(2);
        assertThat(value("papertrader_orders_ended_total", Map.of("outcome", "filled")))
                .isEqualTo(1);
        assertThat(value("papertrader_orders_ended_total", Map.of("outcome", "cancelled")))
                .isEqualTo(1);
        assertThat(value("papertrader_orders_ended_total", Map.of("outcome", "rejected")))
                .isZero();
        assertThat(value("papertrader_orders_open", Map.of())).isZero();
        assertThat(value("papertrader_orders_oldest_age_seconds", Map.of())).isZero();
        assertThat(value("papertrader_commit_duration_seconds", Map.of())).isPositive();
        assertThat(value("papertrader_commit_sync_duration_seconds", Map.of())).isPositive();
        assertThat(value("papertrader_commit_failures_total", Map.of())).isZero();
    }

    private double value(String name, Map<String, String> labels) {
        return Readings.of(fixture::metrics).value(name, labels);
    }
}
