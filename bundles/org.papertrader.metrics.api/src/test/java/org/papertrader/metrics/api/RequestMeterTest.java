package org.papertrader.metrics.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;

@Tag("DS-7")
class RequestMeterTest {
    private static final int THREADS = 4;
    private static final int EACH = 50_000;

    private enum Asked {
        READ,
        BUY
    }

    private final RequestMeter<Asked> meter = new RequestMeter<>(Asked.class);

    @Test
    void countsByInstructionAndResult() {
        meter.answered(Asked.BUY, null, 1_500);
        meter.answered(Asked.BUY, ReasonCode.NO_PRICE, 500);
        meter.answered(Asked.BUY, ReasonCode.NO_PRICE, 500);

        assertThat(requests())
                .containsExactlyInAnyOrder(
                        Sample.of(Map.of("side", "here", "instruction", "BUY", "result", "ok"), 1),
                        Sample.of(Map.of("side", "here", "instruction", "BUY", "result", "noPrice"), 2));
        Sample.Spread times = (Sample.Spread)
                family("papertrader_request_duration_seconds").samples().get(0);
        assertThat(times.counts().subList(0, 3)).containsExactly(2L, 1L, 0L);
        assertThat(times.sum()).isEqualByComparingTo("0.0000025");
    }

    /** Lanes of several threads, of which some have ended, and whoever looks at the same time. */
    @Test
    void losesNothingOfLanes() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                RequestMeter.Lane<Asked> lane = meter.lane();
                for (int n = 0; n < EACH; n++) {
                    lane.answered(Asked.READ, lane.begin());
                }
            });
            threads.add(thread);
            thread.start();
        }
        long last = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            long now = reads();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(reads()).isEqualTo(THREADS * EACH);
        assertThat(reads()).as("the same when looked at again").isEqualTo(THREADS * EACH);
        Sample.Spread sampled = (Sample.Spread) meter.laneTimes(Map.of());
        long timed = sampled.counts().stream().mapToLong(Long::longValue).sum();
        assertThat(timed).isEqualTo(THREADS * (EACH / 256));
    }

    @Test
    void aThreadHasOneLane() {
        assertThat(meter.lane()).isSameAs(meter.lane());
    }

    private long reads() {
        return requests().stream()
                .map(sample -> ((Sample.Amount) sample).value().longValueExact())
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<Sample> requests() {
        return family("papertrader_requests_total").samples();
    }

    private MetricFamily family(String name) {
        return meter.metrics("here", Asked::name).stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
