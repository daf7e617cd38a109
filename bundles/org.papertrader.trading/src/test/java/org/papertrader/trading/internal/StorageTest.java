package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.get;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.trading.api.OrderOutcome;

/** Fencing, duplicates that only the storage knows, and storages that come and go. */
@Tag("PRO-16")
class StorageTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();

    @Test
    void asSoonAsAnotherWriterTookOverItStopsAndSaysSo() {
        try (TradingFixture old = started(store)) {
            OrderId order = old.accepted(1, Side.BUY, AAPL, "1");
            try (TradingFixture successor = started(store)) {
                assertThatThrownBy(() -> old.submit(1, Side.BUY, AAPL, "2")).isInstanceOf(UnavailableException.class);
                await().until(() -> old.gone.getCount() == 0);
                assertThatThrownBy(() -> old.submit(1, Side.BUY, AAPL, "3")).isInstanceOf(UnavailableException.class);
                assertThat(successor.orders(1)).extracting(found -> found.id()).containsExactly(order);
                successor.accepted(1, Side.BUY, AAPL, "4");
                assertThat(store.orders).hasSize(2);
            }
        }
        LedgerAudit.check(store, "0", "fencing");
    }

    @Test
    void whoHasNothingToWriteLearnsOfTheOtherWriterWhenItIsToLook() {
        try (TradingFixture old = started(store)) {
            old.house().check();
            old.accepted(1, Side.BUY, AAPL, "1");
            assertThat(old.house().isClosed()).isFalse();
            try (TradingFixture successor = started(store)) {
                old.house().check();
                await().until(() -> old.gone.getCount() == 0);
                assertThat(old.house().isClosed()).isTrue();
                successor.accepted(1, Side.BUY, AAPL, "1");
            }
        }
        LedgerAudit.check(store, "0", "fencing");
    }

    @Test
    void whoStandsBackTouchesNothingAndEndsAtOnce() {
        try (TradingFixture fixture = started(store)) {
            long epoch = store.epoch.get();
            TradingHouse another = new TradingHouse(
                    fixture.gates, fixture.wall, TradingFixture::settings, new TradingEngine.Lifecycle() {
                        @Override
                        public void ready() {
                            throw new AssertionError("it does not load");
                        }

                        @Override
                        public void gone() {
                            throw new AssertionError("it was never there");
                        }
                    });
            another.standBack();
            assertThat(another.isClosed()).isTrue();
            long begun = System.nanoTime();
            another.stop();
            assertThat(System.nanoTime() - begun)
                    .isLessThan(Duration.ofSeconds(2).toNanos());
            assertThat(store.epoch).hasValue(epoch);
            fixture.accepted(1, Side.BUY, AAPL, "1");
        }
    }

    @Test
    void aDuplicateThatOnlyTheStorageKnowsGetsItsFirstAnswerAndTheInnocentCommit() {
        store.recentKeysMax = 0;
        OrderId first;
        OrderId numbered;
        Caller worker;
        try (TradingFixture fixture = started(store)) {
            first = id(submit(fixture, 1, "old", "5"));
            worker = fixture.caller(2, new UUID(8, 8), 5);
            numbered = id(get(fixture.trading().submit(worker, ticket(Side.BUY, AAPL, "7"))));
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.interval();
        }
        try (TradingFixture fixture = started(store)) {
            fixture.sequence.set(1_000);
            CountDownLatch open = new CountDownLatch(1);
            store.beforeSync = () -> hold(open);
            // The first is on its way to disk while the others gather behind it.
            CompletableFuture<OrderOutcome> ahead = submitLater(fixture, 3, "ahead", "1");
            List<CompletableFuture<OrderOutcome>> innocent = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                innocent.add(submitLater(fixture, 1, "new" + i, "1"));
            }
            CompletableFuture<OrderOutcome> again = submitLater(fixture, 1, "old", "5");
            CompletableFuture<OrderOutcome> other = submitLater(fixture, 1, "old", "6");
            CompletableFuture<OrderOutcome> number = fixture.trading()
                    .submit(worker, ticket(Side.BUY, AAPL, "7"))
                    .toCompletableFuture();
            open.countDown();
            assertThat(get(ahead)).isInstanceOf(OrderOutcome.Accepted.class);
            assertThat(id(get(again))).isEqualTo(first);
            assertThat(id(get(number))).isEqualTo(numbered);
            assertThat(((OrderOutcome.Refused) get(other)).refusal().code()).isEqualTo(ReasonCode.DUPLICATE_ORDER_ID);
            innocent.forEach(stage -> assertThat(get(stage)).isInstanceOf(OrderOutcome.Accepted.class));
            await().untilAsserted(() -> assertThat(fixture.portfolio(1).reservedCash())
                    .as("what the duplicates reserved is free again")
                    .isEqualTo(Money.parse("1050")));
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.interval();
            assertThat(store.orders).hasSize(13);
        }
        LedgerAudit.check(store, "0", "duplicates");
    }

    @Test
    @Tag("CARD-6")
    void whileTheStorageIsExchangedOrdersWaitAndNoneFails() {
        try (TradingFixture fixture = started(store)) {
            fixture.settings = TradingFixture.with(
                    Money.ZERO, 5, 1_000_000, 1_000, Duration.ofDays(1), 5_000, Duration.ofSeconds(8));
            AtomicBoolean stop = new AtomicBoolean();
            List<OrderId> accepted = java.util.Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int client = 1; client <= 4; client++) {
                long account = client;
                clients.add(CompletableFuture.runAsync(() -> {
                    while (!stop.get()) {
                        accepted.add(fixture.accepted(account, Side.BUY, AAPL, "0.00001"));
                    }
                }));
            }
            for (int exchange = 0; exchange < 10; exchange++) {
                int before = accepted.size();
                assertThat(fixture.gates.store().unbind(store)).isTrue();
                CompletableFuture.runAsync(
                                () -> fixture.gates.store().bind(store, Map.of()),
                                CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS))
                        .join();
                await().until(() -> accepted.size() > before);
            }
            stop.set(true);
            clients.forEach(TradingFixture::get);
            assertThat(store.orders.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            accepted.stream().map(OrderId::value).toList());
        }
        LedgerAudit.check(store, "0", "exchange");
    }

    @Test
    void withoutAStorageCallersAreToldInTimeAndNothingIsDone() {
        try (TradingFixture fixture = started(store)) {
            fixture.settings = impatient(100);
            fixture.gates.store().unbind(store);
            long start = System.nanoTime();
            assertThatThrownBy(() -> fixture.submit(1, Side.BUY, AAPL, "1")).isInstanceOf(UnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            fixture.gates.store().bind(store, Map.of());
            fixture.settings = TradingFixture.settings();
            fixture.accepted(1, Side.BUY, AAPL, "2");
            assertThat(store.orders).hasSize(1);
        }
    }

    @Test
    void anOutcomeThatNobodyKnowsIsCalledSo() {
        try (TradingFixture fixture = started(store)) {
            fixture.settings = impatient(100);
            store.faults = batch -> MemoryLedgerStore.Fault.AFTER;
            store.beforeLoad = () -> {
                throw new org.papertrader.storage.api.StorageException("away", new java.io.IOException("test"));
            };
            OrderOutcome outcome = submit(fixture, 1, "id", "1");
            assertThat(((OrderOutcome.Refused) outcome).refusal().code()).isEqualTo(ReasonCode.OUTCOME_UNKNOWN);
            store.faults = batch -> MemoryLedgerStore.Fault.NONE;
            store.beforeLoad = () -> {};
            fixture.settings = TradingFixture.settings();
            assertThat(id(submit(fixture, 1, "id", "1"))).isEqualTo(new OrderId(1));
            assertThat(store.orders).hasSize(1);
        }
    }

    @Test
    void aFullQueueIsBusyAtOnceAndItsDepthChangesLive() {
        try (TradingFixture fixture = started(store)) {
            fixture.settings =
                    TradingFixture.with(Money.ZERO, 5, 1_000, 3, Duration.ofDays(1), 5_000, Duration.ofSeconds(8));
            CountDownLatch open = new CountDownLatch(1);
            store.beforeSync = () -> hold(open);
            List<CompletableFuture<OrderOutcome>> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                taken.add(submitLater(fixture, 1, "id" + i, "1"));
            }
            assertThat(submitLater(fixture, 1, "more", "1"))
                    .failsWithin(Duration.ofSeconds(1))
                    .withThrowableThat()
                    .withRootCauseInstanceOf(BusyException.class);
            fixture.settings = TradingFixture.settings();
            CompletableFuture<OrderOutcome> more = submitLater(fixture, 1, "more", "1");
            open.countDown();
            taken.forEach(stage -> assertThat(get(stage)).isInstanceOf(OrderOutcome.Accepted.class));
            assertThat(get(more)).isInstanceOf(OrderOutcome.Accepted.class);
        }
    }

    @Test
    void aSettlementUnderWayGoesOnUnderTheNextWriter() throws Exception {
        try (TradingFixture fixture = started(store)) {
            fixture.settings =
                    TradingFixture.with(Money.ZERO, 5, 1_000, 1_000, Duration.ofDays(1), 2, Duration.ofSeconds(8));
            for (int i = 0; i < 40; i++) {
                fixture.accepted(1 + i % 4, Side.BUY, AAPL, "1");
            }
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            PausedSettlement.amid(store, () -> fixture.settle(fixture.cut(), true), fixture::close);
        }
        assertThat(store.unsettledIntervals())
                .as("the control: it was cut short")
                .hasSize(1);
        try (TradingFixture fixture = started(store)) {
            fixture.awaitSettled();
            assertThat(store.unsettledIntervals()).isEmpty();
        }
        assertThat(store.orders.values()).allMatch(row -> row.order().status() == OrderStatus.FILLED);
        LedgerAudit.check(store, "0", "resumed");
    }

    @Test
    void ordersThatArriveTogetherAreSyncedTogether() {
        try (TradingFixture fixture = started(store)) {
            fixture.portfolio(1);
            CountDownLatch open = new CountDownLatch(1);
            store.beforeSync = () -> hold(open);
            List<CompletableFuture<OrderOutcome>> stages = new ArrayList<>();
            long before = store.syncs();
            for (int i = 0; i < 200; i++) {
                stages.add(submitLater(fixture, 1, "id" + i, "0.01"));
            }
            open.countDown();
            stages.forEach(TradingFixture::get);
            assertThat(store.syncs() - before).isLessThanOrEqualTo(5);
        }
    }

    static TradingFixture started(MemoryLedgerStore store) {
        TradingFixture fixture = new TradingFixture(store);
        fixture.price(AAPL, "100");
        return fixture.awaitReady();
    }

    private static TradingSettings impatient(int millis) {
        return TradingFixture.with(Money.ZERO, 5, 1_000, 1_000, Duration.ofDays(1), 5_000, Duration.ofMillis(millis));
    }

    static OrderOutcome submit(TradingFixture fixture, long account, String id, String quantity) {
        return get(submitLater(fixture, account, id, quantity));
    }

    static CompletableFuture<OrderOutcome> submitLater(
            TradingFixture fixture, long account, String id, String quantity) {
        return fixture.trading()
                .submit(fixture.caller(account), ticket(Side.BUY, AAPL, quantity, id))
                .toCompletableFuture();
    }

    static OrderId id(OrderOutcome outcome) {
        return ((OrderOutcome.Accepted) outcome).order();
    }

    static void hold(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
