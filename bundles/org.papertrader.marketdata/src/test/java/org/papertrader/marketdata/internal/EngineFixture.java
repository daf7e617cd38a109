package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.Bar;
import org.papertrader.model.Caller;
import org.papertrader.model.SessionId;

/** An engine on a manual clock; its intervals run only when the test says so. */
final class EngineFixture {
    static final Caller CALLER =
            new Caller(SessionId.NONE, InetAddress.getLoopbackAddress(), new UUID(1, 2), 1, Instant.EPOCH);
    static final Duration INTERVAL = Duration.ofHours(1);

    final ManualClock wall;
    final FakeStore store;
    final MarketEngine.Gates gates = new MarketEngine.Gates();
    final AtomicInteger ready = new AtomicInteger();
    final FakeSuccession succession = new FakeSuccession();
    MarketEngine engine;
    private volatile Thread intervals;

    /** Told by the test. */
    static final class FakeSuccession implements Succession {
        final AtomicInteger begun = new AtomicInteger();
        volatile boolean superseded;

        @Override
        public void begin() {
            begun.incrementAndGet();
        }

        @Override
        public boolean isSuperseded() {
            return superseded;
        }
    }

    EngineFixture() {
        this(new ManualClock("2026-11-23T10:00:00Z"), new FakeStore());
    }

    EngineFixture(ManualClock wall, FakeStore store) {
        this.wall = wall;
        this.store = store;
        gates.store().bind(store, Map.of());
    }

    /** 24 market seconds a wall second: an interval of an hour is a market day. */
    static Settings settings(String... symbols) {
        return new Settings(
                SymbolSelection.parse(symbols.length == 0 ? List.of("*") : List.of(symbols)),
                INTERVAL,
                Optional.empty(),
                24,
                List.of(),
                3);
    }

    EngineFixture source(AssetSource source, int ranking) {
        gates.sources().bind(source, Map.of("service.ranking", ranking));
        if (engine != null) {
            engine.sourcesChanged();
        }
        return this;
    }

    EngineFixture begin(Settings settings) {
        intervals = null;
        engine = new MarketEngine(wall, gates, settings, succession, () -> {
            intervals = Thread.currentThread();
            ready.incrementAndGet();
        });
        engine.start();
        return this;
    }

    EngineFixture start(Settings settings) {
        begin(settings);
        awaitReady();
        return this;
    }

    /** Ready, and the next interval is scheduled: whoever lets the wall clock go on before that causes one more. */
    void awaitReady() {
        await().until(() -> intervals != null && intervals.getState() == Thread.State.TIMED_WAITING);
    }

    /** Waits until the interval thread is idle after {@code count} further intervals, each after its time. */
    void runs(int count) {
        for (int i = 0; i < count; i++) {
            wall.advance(INTERVAL);
            run();
        }
    }

    void run() {
        try {
            engine.runNow().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs intervals until market time has reached the instant. */
    void until(String marketTime) {
        Instant target = Instant.parse(marketTime);
        while (engine.now().isBefore(target)) {
            Duration left = Duration.between(engine.now(), target);
            Duration step = left.dividedBy(24).compareTo(INTERVAL) < 0 ? left.dividedBy(24) : INTERVAL;
            wall.advance(step.isZero() ? Duration.ofMillis(1) : step);
            run();
        }
    }

    MarketReply ask(MarketQuery query) {
        try {
            return engine.query(CALLER, query).toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    List<Bar> bars(MarketQuery query) {
        MarketReply reply = ask(query);
        assertThat(reply).isInstanceOf(MarketReply.Series.class);
        return ((MarketReply.Series) reply).bars();
    }

    void close() throws InterruptedException {
        engine.close();
    }
}
