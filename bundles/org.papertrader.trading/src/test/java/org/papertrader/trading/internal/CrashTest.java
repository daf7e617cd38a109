package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.StorageException;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;

/** Dies, or loses its storage, at every single commit of a story, and checks what is left. */
@Tag("MST-30")
@Tag("PRO-16")
class CrashTest {
    private static final long SEED = 42;
    private static final int ACCOUNTS = 4;

    /** What the clients of a story were told. */
    private record Told(
            Map<String, OrderId> accepted, List<OrderId> cancelled, List<String> unknown, List<OrderId> early) {
        Told() {
            this(new HashMap<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Test
    void afterDeathAtEveryCommitEachOrderFillsExactlyOnce() {
        MemoryLedgerStore whole = new MemoryLedgerStore();
        story(whole);
        int commits = whole.commits();
        assertThat(commits).isGreaterThan(20);
        int amidFills = 0;
        for (int commit = 0; commit <= commits; commit++) {
            MemoryLedgerStore left = whole.copy(commit);
            amidFills += left.unsettledIntervals().stream().anyMatch(row -> row.state() == IntervalRow.State.SETTLING)
                    ? 1
                    : 0;
            int postingsBefore = left.postings.size();
            try (TradingFixture fixture = new TradingFixture(left)) {
                fixture.settings = slices();
                // The new prices differ from every stored snapshot.
                fixture.price(AAPL, "777");
                fixture.price(IBM, "333");
                fixture.pass(Duration.ofHours(1));
                fixture.awaitReady();
                fixture.awaitSettled();
                String hint = "seed " + SEED + ", died after commit " + commit;
                assertThat(left.unsettledIntervals()).as(hint).isEmpty();
                assertThat(left.postings.stream().skip(postingsBefore))
                        .as(hint + ": what resumes has its stored snapshot")
                        .noneMatch(set -> left.history.values().stream()
                                .flatMap(List::stream)
                                .anyMatch(line -> line.order() != null
                                        && line.order().value() == set.orderId()
                                        && line.price().compareTo(Price.parse("300")) > 0));
                fixture.pass(Duration.ofSeconds(1));
                fixture.price(AAPL, "100");
                fixture.price(IBM, "50");
                fixture.interval();
                LedgerAudit.check(left, "0", hint);
                assertThat(left.orders.values())
                        .as(hint)
                        .noneMatch(row -> row.order().status() == OrderStatus.OPEN);
            }
        }
        assertThat(amidFills).as("deaths amid a settlement").isGreaterThan(5);
    }

    @Test
    void whenTheStorageFailsAtAnyCommitNothingIsLostOrDoneTwice() {
        MemoryLedgerStore whole = new MemoryLedgerStore();
        story(whole);
        int commits = whole.commits();
        for (MemoryLedgerStore.Fault fault : List.of(MemoryLedgerStore.Fault.BEFORE, MemoryLedgerStore.Fault.AFTER)) {
            for (int commit = 0; commit < commits; commit++) {
                MemoryLedgerStore store = new MemoryLedgerStore();
                AtomicInteger number = new AtomicInteger();
                int failing = commit;
                store.faults = batch -> number.getAndIncrement() == failing ? fault : MemoryLedgerStore.Fault.NONE;
                Told told = story(store);
                check(store, told, "seed " + SEED + ", " + fault + " at commit " + commit);
            }
        }
    }

    @Test
    void whenASyncFailsNothingIsLostOrDoneTwice() {
        for (int sync = 1; sync < 25; sync++) {
            MemoryLedgerStore store = new MemoryLedgerStore();
            AtomicInteger number = new AtomicInteger();
            int failing = sync;
            store.beforeSync = () -> {
                if (number.getAndIncrement() == failing) {
                    throw new StorageException("the disk is gone", new java.io.IOException("test"));
                }
            };
            Told told = story(store);
            check(store, told, "seed " + SEED + ", sync " + sync + " failed");
        }
    }

    /** I1: what was acknowledged is there after the power failed, at whatever moment. */
    @Test
    void whatWasAcknowledgedSurvivesALossOfPower() {
        MemoryLedgerStore store = new MemoryLedgerStore();
        try (TradingFixture fixture = new TradingFixture(store).awaitReady()) {
            fixture.price(AAPL, "100");
            for (int i = 0; i < 50; i++) {
                OrderId order = fixture.accepted(1 + i % 3, Side.BUY, AAPL, "1");
                MemoryLedgerStore left = store.afterPowerLoss();
                assertThat(left.orders).containsKey(order.value());
                if (i % 3 == 0) {
                    assertThat(fixture.cancel(1 + i % 3, order)).isInstanceOf(CancelOutcome.Cancelled.class);
                    assertThat(store.afterPowerLoss()
                                    .orders
                                    .get(order.value())
                                    .order()
                                    .status())
                            .isEqualTo(OrderStatus.CANCELLED);
                }
            }
        }
    }

    private static TradingSettings slices() {
        return TradingFixture.with(Money.ZERO, 5, 1_000, 10_000, Duration.ofDays(1), 3, Duration.ofSeconds(8));
    }

    /** Orders, resends, cancels and intervals; the same for the same storage. Ends with everything settled. */
    private static Told story(MemoryLedgerStore store) {
        Told told = new Told();
        Random random = new Random(SEED);
        try (TradingFixture fixture = new TradingFixture(store)) {
            fixture.settings = slices();
            fixture.price(AAPL, "100");
            fixture.price(IBM, "50");
            fixture.awaitReady();
            for (int round = 0; round < 4; round++) {
                List<CompletionStage<?>> underWay = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    long account = 1 + random.nextInt(ACCOUNTS);
                    Symbol symbol = random.nextBoolean() ? AAPL : IBM;
                    Side side = round > 1 && random.nextInt(3) == 0 ? Side.SELL : Side.BUY;
                    underWay.add(
                            submit(fixture, store, told, account, ticket(side, symbol, "3", "r" + round + "-" + i)));
                }
                underWay.forEach(TradingFixture::get);
                cancelOne(fixture, told, random);
                fixture.pass(Duration.ofSeconds(1));
                fixture.price(AAPL, String.valueOf(90 + random.nextInt(30)));
                fixture.price(IBM, String.valueOf(45 + random.nextInt(10)));
                fixture.interval(round != 2);
            }
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.interval();
            fixture.interval();
        }
        return told;
    }

    private static CompletionStage<OrderOutcome> submit(
            TradingFixture fixture, MemoryLedgerStore store, Told told, long account, OrderTicket ticket) {
        String key = account + "/" + ticket.clientOrderId();
        return fixture.trading().submit(fixture.caller(account), ticket).whenComplete((outcome, failure) -> {
            synchronized (told) {
                if (outcome instanceof OrderOutcome.Accepted accepted) {
                    told.accepted.put(key, accepted.order());
                    if (!store.isSynced(accepted.order())) {
                        told.early.add(accepted.order());
                    }
                } else if (outcome instanceof OrderOutcome.Refused refused
                        && refused.refusal().code() == ReasonCode.OUTCOME_UNKNOWN) {
                    told.unknown.add(key);
                }
            }
        });
    }

    private static void cancelOne(TradingFixture fixture, Told told, Random random) {
        List<Map.Entry<String, OrderId>> all;
        synchronized (told) {
            all = new ArrayList<>(told.accepted.entrySet());
        }
        all.sort(Map.Entry.comparingByValue());
        Map.Entry<String, OrderId> chosen = all.get(all.size() - 1 - random.nextInt(3));
        long account =
                Long.parseLong(chosen.getKey().substring(0, chosen.getKey().indexOf('/')));
        if (fixture.cancel(account, chosen.getValue()) instanceof CancelOutcome.Cancelled) {
            told.cancelled.add(chosen.getValue());
        }
    }

    private static void check(MemoryLedgerStore store, Told told, String hint) {
        LedgerAudit.check(store, "0", hint);
        assertThat(told.early).as(hint + ": told before it was on disk").isEmpty();
        assertThat(told.unknown).as(hint + ": every outcome was found").isEmpty();
        told.accepted.forEach((key, id) -> {
            OrderRow row = store.orders.get(id.value());
            assertThat(row).as(hint + " " + key).isNotNull();
            assertThat(row.order().account() + "/" + row.order().clientOrderId())
                    .as(hint)
                    .isEqualTo(key);
        });
        assertThat(told.cancelled).as(hint).isNotEmpty().allSatisfy(id -> assertThat(
                        store.orders.get(id.value()).order().status())
                .as(hint)
                .isEqualTo(OrderStatus.CANCELLED));
        assertThat(store.orders.values()).as(hint).noneMatch(row -> row.order().status() == OrderStatus.OPEN);
        assertThat(store.orders)
                .as(hint + ": nothing was stored that was not told")
                .hasSameSizeAs(told.accepted);
    }
}
