package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("MST-7")
@Tag("PRO-12")
class LoginThrottleTest {
    private final Master.TestClock clock = new Master.TestClock();
    private final LoginThrottle throttle = new LoginThrottle(clock::nanos);

    private Duration fail(String name) {
        Duration wait = throttle.begin(name);
        if (wait.isZero()) {
            throttle.failed(name);
        }
        return wait;
    }

    private void failFreely() {
        for (int i = 0; i < LoginThrottle.FREE_FAILURES; i++) {
            assertThat(fail("alice")).isZero();
        }
    }

    @Test
    void letsFiveFailuresGoFreeThenWaitsOneSecondDoubling() {
        failFreely();

        assertThat(fail("alice")).isZero();
        for (long seconds = 1; seconds <= 512; seconds *= 2) {
            assertThat(throttle.begin("alice")).isEqualTo(Duration.ofSeconds(seconds));
            clock.pass(Duration.ofSeconds(seconds));
            assertThat(fail("alice")).isZero();
        }
        assertThat(throttle.begin("alice")).isEqualTo(LoginThrottle.WAIT_MAX);
    }

    @Test
    void neverWaitsForEver() {
        failFreely();
        for (int i = 0; i < 200; i++) {
            clock.pass(LoginThrottle.WAIT_MAX);
            assertThat(fail("alice")).isZero();
        }

        assertThat(throttle.begin("alice")).isEqualTo(LoginThrottle.WAIT_MAX);
    }

    @Test
    void forgetsAllAfterASuccess() {
        failFreely();
        fail("alice");
        clock.pass(Duration.ofSeconds(1));
        assertThat(throttle.begin("alice")).isZero();
        throttle.succeeded("alice");

        failFreely();
    }

    @Test
    void countsEachNameForItself() {
        failFreely();
        fail("alice");

        assertThat(throttle.begin("alice")).isPositive();
        assertThat(throttle.begin("bob")).isZero();
    }

    @Test
    void letsNobodyGuessInParallel() {
        for (int i = 0; i < LoginThrottle.UNDER_WAY_MAX; i++) {
            assertThat(throttle.begin("alice")).isZero();
        }
        assertThat(throttle.begin("alice")).isPositive();
        throttle.undecided("alice");
        assertThat(throttle.begin("alice")).isZero();
    }

    @Test
    void allowsOneTryAtATimeOnceFailuresCost() {
        failFreely();
        fail("alice");
        clock.pass(Duration.ofSeconds(1));

        assertThat(throttle.begin("alice")).isZero();
        assertThat(throttle.begin("alice")).isPositive();
    }

    @Test
    void staysBounded() {
        for (int i = 0; i < LoginThrottle.NAMES_MAX + 100; i++) {
            fail("name" + i);
        }

        assertThat(throttle.size()).isEqualTo(LoginThrottle.NAMES_MAX);
    }
}
