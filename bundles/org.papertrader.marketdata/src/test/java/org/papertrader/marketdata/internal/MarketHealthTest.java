package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.marketdata.internal.TestBars.day;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.model.Symbol;

class MarketHealthTest {
    private static final Symbol A = new Symbol("A");

    private final EngineFixture fixture = new EngineFixture();
    private final FakeSource first = new FakeSource("first").add(A, day("2026-11-20", "1"));
    private final FakeSource second = new FakeSource("second").add(A, day("2026-11-20", "2"));
    private final HealthCheck sources = new SourcesHealth(() -> fixture.engine.vitals(), defaults());
    private final HealthCheck intervals = new IntervalsHealth(() -> fixture.engine.vitals());

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    @Test
    void withoutASourceItIsCriticalAndNoIntervalRuns() {
        fixture.begin(EngineFixture.settings());
        assertThat(sources.execute().getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.WARN);
    }

    @Test
    void allIsWellWhileThePreferredSourceHasValues() {
        fixture.source(first, 1);
        start();
        fixture.runs(5);
        assertThat(sources.execute().toString()).contains("first answered 0 s ago");
        assertThat(sources.execute().getStatus()).isEqualTo(Status.OK);
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void anIntervalThatFailedIsTold() {
        fixture.source(first, 1);
        start();
        fixture.runs(1);
        MarketMeter meter = new MarketMeter();
        HealthCheck judged = new IntervalsHealth(() -> {
            Vitals now = fixture.engine.vitals();
            return new Vitals(now.wall(), now.market(), now.sources(), now.quotas(), true, meter.hasLastFailed());
        });
        meter.failed();
        meter.ran(Instant.EPOCH, 1);
        assertThat(judged.execute().getStatus()).isEqualTo(Status.WARN);
        meter.ran(Instant.EPOCH, 1);
        assertThat(judged.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void whenNoSourceHasAValueForSomeIntervalsItIsCriticalUntilOneHas() {
        fixture.source(first, 1);
        start();
        first.faults.put(A, Fault.TRANSIENT);
        fixture.runs(2);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.OK);
        fixture.runs(3);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.CRITICAL);
        first.faults.clear();
        fixture.runs(3);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void aClosedExchangeIsNotSilence() {
        fixture.source(first, 1);
        start();
        first.open = false;
        fixture.runs(1);
        first.faults.put(A, Fault.EMPTY);
        fixture.runs(9);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void whenAnotherStandsInItWarns() {
        fixture.source(second, 1).source(first, 2);
        start();
        first.onLatest = () -> {
            throw new IllegalStateException("on purpose");
        };
        fixture.runs(6);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.WARN);
        assertThat(sources.execute().toString()).contains("first answered", "on purpose", "stands in");
    }

    @Test
    void aQuotaThatIsNearlyUsedUpWarns() {
        first.limited(1, new Capabilities.Quota(20, Duration.ofDays(30)));
        fixture.source(first, 1);
        start();
        assertThat(sources.execute().getStatus()).isEqualTo(Status.OK);
        fixture.runs(18);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.WARN);
        assertThat(sources.execute().toString()).contains("calls left");
    }

    @Test
    void theEndOfAReplayIsTold() {
        first.replay(Instant.parse("2015-01-05T21:00:00Z"), Instant.parse("2015-01-09T21:00:00Z"))
                .add(A, day("2015-01-05", "1"), day("2015-01-06", "1"), day("2015-01-09", "1"));
        fixture.source(first, 1).start(EngineFixture.settings());
        fixture.runs(12);
        assertThat(sources.execute().getStatus()).isEqualTo(Status.WARN);
        assertThat(sources.execute().toString()).contains("has ended");
    }

    @Test
    void anIntervalThatDoesNotEndIsCritical() {
        fixture.source(first, 1);
        start();
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.OK);
        fixture.wall.advance(EngineFixture.INTERVAL.multipliedBy(2).plusSeconds(30));
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.WARN);
        fixture.wall.advance(Duration.ofMinutes(2));
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.CRITICAL);
        fixture.run();
        assertThat(intervals.execute().getStatus()).isEqualTo(Status.OK);
    }

    private void start() {
        fixture.begin(EngineFixture.settings());
        await().until(() -> {
            fixture.wall.advance(Duration.ofMillis(500));
            return fixture.ready.get() > 0;
        });
        fixture.run();
    }

    private static SourcesHealth.Config defaults() {
        return (SourcesHealth.Config) Proxy.newProxyInstance(
                MarketHealthTest.class.getClassLoader(),
                new Class<?>[] {SourcesHealth.Config.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    }
}
