package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.auth.internal.AuthSettings.AddressLimits;

@Tag("MST-7")
class AddressThrottleTest {
    private final Master.TestClock clock = new Master.TestClock();
    private AddressLimits limits = new AddressLimits(3, 60);
    private final AddressThrottle throttle = new AddressThrottle(() -> limits, clock::nanos);

    private Duration take(String address) {
        return throttle.take(Master.address(address));
    }

    private void empty(String address) {
        for (int i = 0; i < 3; i++) {
            assertThat(take(address)).isZero();
        }
    }

    @Test
    void givesABurstThenOneForEachSecond() {
        empty("192.0.2.1");

        assertThat(take("192.0.2.1")).isEqualTo(Duration.ofSeconds(1));
        clock.pass(Duration.ofSeconds(1));
        assertThat(take("192.0.2.1")).isZero();
        assertThat(take("192.0.2.1")).isPositive();
        assertThat(take("192.0.2.2")).isZero();
    }

    @Test
    void countsAnIpv6NetworkAsOneAddress() {
        empty("2001:db8:1:1::1");

        assertThat(take("2001:db8:1:1:ffff::2")).isPositive();
        assertThat(take("2001:db8:1:2::1")).isZero();
    }

    @Test
    void takesBackWhatAnHonestTryTook() {
        empty("192.0.2.1");
        throttle.giveBack(Master.address("192.0.2.1"));

        assertThat(take("192.0.2.1")).isZero();
        assertThat(take("192.0.2.1")).isPositive();
    }

    @Test
    void obeysChangedLimitsAtOnce() {
        empty("192.0.2.1");
        limits = new AddressLimits(0, 60);

        assertThat(take("192.0.2.1")).isZero();
    }
}
