package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {
    @Test
    void aMarketTimeIsNeverStoredEarlierThanItWas() {
        Instant whole = Instant.parse("2015-06-01T10:00:00.000001Z");
        assertThat(Moments.upToMicros(whole)).isEqualTo(whole);
        assertThat(Moments.upToMicros(whole.plusNanos(1))).isEqualTo(whole.plusNanos(1_000));
        assertThat(Moments.upToMicros(whole.plusNanos(999))).isEqualTo(whole.plusNanos(1_000));
    }
}
