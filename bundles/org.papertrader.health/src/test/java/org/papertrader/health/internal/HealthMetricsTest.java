package org.papertrader.health.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;

class HealthMetricsTest {
    @Test
    void everyCheckIsANumberAtTheNextLook() {
        HealthMetrics metrics = new HealthMetrics(() -> List.of(
                answer("disk", Result.Status.WARN),
                answer("link", Result.Status.CRITICAL),
                answer("log", Result.Status.OK),
                answer("loops", Result.Status.HEALTH_CHECK_ERROR),
                answer("storage", Result.Status.TEMPORARILY_UNAVAILABLE)));
        assertThat(samples(metrics)).isEmpty();
        await().untilAsserted(() -> assertThat(samples(metrics))
                .containsExactly(
                        Sample.of(Map.of("check", "disk"), 1),
                        Sample.of(Map.of("check", "link"), 2),
                        Sample.of(Map.of("check", "log"), 0),
                        Sample.of(Map.of("check", "loops"), 2),
                        Sample.of(Map.of("check", "storage"), 2)));
        metrics.close();
    }

    @Test
    void aLookNeitherWaitsNorAsksTwice() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger times = new AtomicInteger();
        HealthMetrics metrics = new HealthMetrics(() -> {
            times.incrementAndGet();
            asked.countDown();
            end.await();
            return List.of(answer("log", Result.Status.OK));
        });
        samples(metrics);
        asked.await();
        assertThat(samples(metrics)).isEmpty();
        assertThat(times).hasValue(1);
        end.countDown();
        await().untilAsserted(() -> assertThat(samples(metrics)).hasSize(1));
        metrics.close();
    }

    private static List<Sample> samples(HealthMetrics metrics) {
        List<MetricFamily> families = metrics.metrics();
        assertThat(families).extracting(MetricFamily::name).containsExactly(HealthMetrics.NAME);
        return families.get(0).samples();
    }

    private static Answer answer(String name, Result.Status status) {
        return new Answer(name, Set.of(), status, "", 0, Instant.EPOCH);
    }
}
