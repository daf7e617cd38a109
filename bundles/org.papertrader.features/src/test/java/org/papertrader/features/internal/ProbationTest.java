package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ProbationTest {
    /** Not over at the first look. */
    private static final long PATIENCE_MS = 200;
    /** Over before the second look. */
    private static final long SETTLE_MS = 1;

    private static final long SETTLE_LONG_MS = 1_000;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile IntConsumer onAsked = times -> {};
    private final BundleContext context = proxy(BundleContext.class);
    private volatile Result.Status status = Result.Status.OK;

    /** Neither an answer from a moment before nor the time that has passed stands for a look. The first time may be too slow to tell. */
    @RepeatedTest(3)
    void whatTurnsRedIsSeenHoweverShortTheTime() throws Exception {
        try (Probation probation = new Probation(context, PATIENCE_MS, new BoundedStep(PATIENCE_MS))) {
            status = Result.Status.CRITICAL;
            assertThatThrownBy(() -> probation.settle(Map.of(), SETTLE_MS))
                    .isInstanceOf(Probation.Failed.class)
                    .hasMessage("health check luck turned red: CRITICAL: says so");
        }
    }

    @Test
    void whatTurnsRedAfterAGoodLookIsSeenToo() throws Exception {
        try (Probation probation = new Probation(context, PATIENCE_MS, new BoundedStep(PATIENCE_MS))) {
            onAsked = times -> status = times > 1 ? Result.Status.CRITICAL : Result.Status.OK;
            assertThatThrownBy(() -> probation.settle(Map.of(), SETTLE_LONG_MS)).isInstanceOf(Probation.Failed.class);
        }
    }

    @Test
    void whatWasRedBeforeIsNoFault() throws Exception {
        status = Result.Status.CRITICAL;
        try (Probation probation = new Probation(context, PATIENCE_MS, new BoundedStep(PATIENCE_MS))) {
            assertThatCode(() -> probation.settle(Map.of(), SETTLE_MS)).doesNotThrowAnyException();
        }
    }

    /** A framework with nothing but one health check. */
    private Object answer(String method) {
        return switch (method) {
            case "getAllServiceReferences" -> new ServiceReference<?>[] {proxy(ServiceReference.class)};
            case "getService" -> (HealthCheck) this::answer;
            case "getProperty" -> "luck";
            case "ungetService" -> true;
            default -> null;
        };
    }

    private Result answer() {
        onAsked.accept(asked.getAndIncrement());
        return new Result(status, "says so");
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer(method.getName())));
    }
}
