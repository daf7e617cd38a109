package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Capabilities.Quota;

@Tag("VAR-4")
class BudgetCheckTest {
    private final Capabilities source = new FakeSource("daily")
            .limited(2, new Quota(24, Duration.ofDays(1)), new Quota(60, Duration.ofMinutes(1)))
            .capabilities;

    @Test
    void namesTheShortestIntervalThatTheLimitsAllow() {
        assertThat(BudgetCheck.warning(source, 5, Duration.ofHours(2)))
                .hasValueSatisfying(text -> assertThat(text).contains("5 assets need 3 calls", "daily", "PT3H"));
        assertThat(BudgetCheck.warning(source, 5, Duration.ofHours(3))).isEmpty();
    }

    @Test
    void sourcesWithoutLimitsAllowAnything() {
        assertThat(BudgetCheck.warning(new FakeSource("free").capabilities, 1_000, Duration.ofMillis(100)))
                .isEmpty();
    }
}
