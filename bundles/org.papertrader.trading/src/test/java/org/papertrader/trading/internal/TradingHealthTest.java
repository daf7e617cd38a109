package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.Side;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.StorageException;

class TradingHealthTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));

    private final TradingFixture fixture = new TradingFixture(new MemoryLedgerStore()).awaitReady();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private volatile boolean full;
    private final StorageHealth storage = new StorageHealth(defaults());

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theWriterAnswersUntilItEnds() {
        HealthCheck trading = new TradingHealth(fixture.house());
        assertThat(trading.execute().getStatus()).isEqualTo(Status.OK);
        fixture.close();
        assertThat(trading.execute().getStatus()).isEqualTo(Status.WARN);
    }

    @Test
    void anOrderThatAnIntervalLeftOutIsTold() {
        fixture.price(AAPL, "100");
        fixture.accepted(1, Side.BUY, AAPL, "1");
        assertThat(queue(LATER).execute().getStatus()).as("before any interval").isEqualTo(Status.OK);
        long interval = fixture.cut();
        assertThat(queue(Clock.systemUTC()).execute().getStatus()).as("in time").isEqualTo(Status.OK);
        assertThat(queue(LATER).execute().getStatus()).isEqualTo(Status.WARN);
        assertThat(queue(LATER).execute().toString()).contains("not looked at 1 orders");
        fixture.settle(interval, true);
        fixture.awaitSettled();
        assertThat(queue(LATER).execute().getStatus()).isEqualTo(Status.OK);
    }

    /** What is held was looked at, however old it is. */
    @Test
    void itTellsTheAgeOfTheOldestThatWasLeftOut() {
        fixture.price(AAPL, "100");
        fixture.price(IBM, "50");
        fixture.commands().hold("", "AAPL");
        fixture.wall.now = Instant.now().minusSeconds(1_000);
        fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.wall.now = Instant.now().minusSeconds(100);
        fixture.accepted(1, Side.BUY, IBM, "1");
        fixture.cut();
        assertThat(queue(LATER).execute().toString())
                .contains("not looked at 1 orders")
                .containsPattern("the oldest 2[0-9]{2} s old");
    }

    @Test
    void aQueueNearItsBoundIsTold() {
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 1_000, 1, Duration.ofDays(7), 5_000, Duration.ofSeconds(8));
        assertThat(queue(LATER).execute().toString()).contains("0 of 1 wait");
        HealthCheck always = new QueueHealth(fixture.house(), with("queueWarnPercent", 0), LATER);
        assertThat(always.execute().getStatus()).isEqualTo(Status.WARN);
    }

    @Test
    void aStorageThatIsAwayIsWaitedForAndThenCritical() {
        assertThat(storage.execute().getStatus()).isEqualTo(Status.CRITICAL);
        storage.bindStore(store(), Map.of());
        assertThat(storage.execute().getStatus()).isEqualTo(Status.OK);
    }

    /** Both hear of the new one, whoever of them asked first. */
    @Test
    void twoThatAskWhileAStorageIsExchangedBothWaitForIt() throws Exception {
        ExecutorService askers = Executors.newFixedThreadPool(2);
        try {
            Future<Status> first = askers.submit(() -> storage.execute().getStatus());
            await().until(storage::isAsking);
            Future<Status> second = askers.submit(() -> storage.execute().getStatus());
            await().until(() -> second.isDone() || storage.isAwaited());
            storage.bindStore(store(), Map.of());
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(Status.OK);
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(Status.OK);
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void aStorageThatTakesNothingIsCritical() {
        MarketStore store = store();
        storage.bindStore(store, Map.of());
        full = true;
        assertThat(storage.execute().getStatus()).isEqualTo(Status.CRITICAL);
        assertThat(storage.execute().toString()).contains("on purpose");
        full = false;
        storage.unbindStore(store);
        storage.bindStore(store, Map.of());
        assertThat(storage.execute().getStatus()).isEqualTo(Status.OK);
    }

    @Test
    void aStorageThatIsSlowWarns() {
        StorageHealth strict = new StorageHealth(with("storageWarnMs", 0L));
        strict.bindStore(store(), Map.of());
        assertThat(strict.execute().getStatus()).isEqualTo(Status.WARN);
    }

    private QueueHealth queue(Clock clock) {
        return new QueueHealth(fixture.house(), defaults(), clock);
    }

    private MarketStore store() {
        return (MarketStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MarketStore.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "putState" -> {
                            if (full) {
                                throw new StorageException("on purpose", new IllegalStateException());
                            }
                            states.put((String) arguments[0], (String) arguments[1]);
                            return null;
                        }
                        case "state" -> {
                            return Optional.ofNullable(states.get((String) arguments[0]));
                        }
                        case "equals" -> {
                            return proxy == arguments[0];
                        }
                        case "hashCode" -> {
                            return 1;
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    private static QueueHealth.Config defaults() {
        return with("", 0);
    }

    private static QueueHealth.Config with(String key, Object value) {
        return (QueueHealth.Config) Proxy.newProxyInstance(
                TradingHealthTest.class.getClassLoader(),
                new Class<?>[] {QueueHealth.Config.class},
                (proxy, method, arguments) -> method.getName().equals(key) ? value : method.getDefaultValue());
    }
}
