package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleException;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BoundedStepTest {
    @Test
    void whatHangsIsInterruptedAndNamed() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> new BoundedStep(50).run("the start of x", () -> {
                    try {
                        never.await();
                    } finally {
                        interrupted.countDown();
                    }
                    return "";
                }))
                .isInstanceOf(BundleException.class)
                .hasMessage("the start of x does not come to its end within 50 ms");
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void whatItAnswersOrFailsWithIsPassedOn() throws Exception {
        BoundedStep steps = new BoundedStep(10_000);
        assertThat(steps.run("it", () -> "done")).isEqualTo("done");
        BundleException failure = new BundleException("no");
        assertThatThrownBy(() -> steps.run("it", () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> steps.run("the stop of x", () -> {
                    throw new IllegalStateException("gone");
                }))
                .isInstanceOf(BundleException.class)
                .hasMessage("the stop of x fails with java.lang.IllegalStateException: gone");
    }
}
