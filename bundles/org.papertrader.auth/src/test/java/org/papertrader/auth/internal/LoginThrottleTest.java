package org.papertrader.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.auth.internal.LoginThrottle.Verdict;

@Tag("MST-7")
@Tag("PRO-12")
class LoginThrottleTest {
    private final Master.TestClock clock = new Master.TestClock();
    private final LoginThrottle throttle = new LoginThrottle(clock::nanos);

    private Duration fail(String name) {
        Duration wait = begin(name);
        if (wait.isZero()) {
            throttle.failed(name);
        }
        return wait;
    }

    private Duration begin(String name) {
        Verdict verdict = throttle.begin(name, () -> {});
        return verdict instanceof Verdict.Later later ? later.delay() : Duration.ZERO;
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
            assertThat(begin("alice")).isEqualTo(Duration.ofSeconds(seconds));
            clock.pass(Duration.ofSeconds(seconds));
            assertThat(fail("alice")).isZero();
        }
        assertThat(begin("alice")).isEqualTo(LoginThrottle.WAIT_MAX);
    }

    @Test
    void neverWaitsForEver() {
        failFreely();
        for (int i = 0; i < 200; i++) {
            clock.pass(LoginThrottle.WAIT_MAX);
            assertThat(fail("alice")).isZero();
        }

        assertThat(begin("alice")).isEqualTo(LoginThrottle.WAIT_MAX);
    }

    @Test
    void forgetsAllAfterASuccess() {
        failFreely();
        fail("alice");
        clock.pass(Duration.ofSeconds(1));
        assertThat(begin("alice")).isZero();
        throttle.succeeded("alice");

        failFreely();
    }

    @Test
    void countsEachNameForItself() {
        failFreely();
        fail("alice");

        assertThat(begin("alice")).isPositive();
        assertThat(begin("bob")).isZero();
    }

    @Test
    void letsNobodyGuessInParallel() {
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tryWhenFree(i, begun);
        }
        assertThat(begun).containsExactly(0, 1, 2, 3, 4, 5);
        for (int i = 0; i <= LoginThrottle.FREE_FAILURES; i++) {
            throttle.failed("alice");
        }
        assertThat(begun).as("all others were told to wait").hasSize(6);
        assertThat(throttle.begin("alice", () -> {})).isEqualTo(new Verdict.Later(Duration.ofSeconds(1)));
    }

    @Test
    void rightSecretsWaitForEachOther() {
        List<Integer> begun = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tryWhenFree(i, begun);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(begun).hasSizeGreaterThan(i);
            throttle.succeeded("alice");
        }
        assertThat(begun).hasSize(20).isSorted();
        assertThat(throttle.size()).isZero();
    }

    @Test
    void aFewWaitAndFurtherOnesAreTurnedAway() {
        for (int i = 0; i <= LoginThrottle.FREE_FAILURES + LoginThrottle.WAITING_MAX; i++) {
            assertThat(throttle.begin("alice", () -> {})).isNotInstanceOf(Verdict.Busy.class);
        }
        assertThat(throttle.begin("alice", () -> {})).isInstanceOf(Verdict.Busy.class);
        throttle.undecided("alice");
        assertThat(throttle.begin("alice", () -> {})).isInstanceOf(Verdict.Go.class);
    }

    @Test
    void allowsOneTryAtATimeOnceFailuresCost() {
        failFreely();
        fail("alice");
        clock.pass(Duration.ofSeconds(1));

        assertThat(throttle.begin("alice", () -> {})).isInstanceOf(Verdict.Go.class);
        assertThat(throttle.begin("alice", () -> {})).isInstanceOf(Verdict.Queued.class);
    }

    private void tryWhenFree(int number, List<Integer> begun) {
        if (throttle.begin("alice", () -> tryWhenFree(number, begun)) instanceof Verdict.Go) {
            begun.add(number);
        }
    }

    @Test
    void staysBounded() {
        for (int i = 0; i < LoginThrottle.NAMES_MAX + 100; i++) {
            fail("name" + i);
        }

        assertThat(throttle.size()).isEqualTo(LoginThrottle.NAMES_MAX);
    }
}
