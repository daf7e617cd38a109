package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.get;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.gate.Edge;
import org.papertrader.gate.Gate;
import org.papertrader.model.Caller;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.Trading;

/**
 * Thousands of random orders, resends, cancels and intervals over a storage that fails, is exchanged and dies; then every
 * number against an independent recomputation (I1 to I8).
 */
@Tag("MST-27")
@Tag("MST-28")
@Tag("MST-30")
class ConservationTest {
    private static final int STEPS = 6_000;
    private static final int ACCOUNTS = 12;
    private static final long AWAY_NANOS = 3_000_000;
    private static final List<Symbol> SYMBOLS =
            List.of(new Symbol("AAPL"), new Symbol("IBM"), new Symbol("BAC"), new Symbol("BTC-USD"));

    private record Sent(long account, OrderTicket ticket, CompletableFuture<OrderOutcome> outcome) {}

    private final List<Sent> sent = new ArrayList<>();
    private final Map<OrderId, CompletableFuture<CancelOutcome>> cancels = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Edge edge = new Edge(STEPS, TradingFixture.PATIENCE, timer);
    private final Gate<Trading> router = new Gate<>("trading");

    @AfterEach
    void stop() {
        timer.shutdown();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20260302, -77})
    void nothingIsLostOrMade(long seed) {
        String fee = seed == 1 ? "0" : "0.0137";
        Random random = new Random(seed);
        MemoryLedgerStore store = new MemoryLedgerStore();
        Random faults = new Random(seed + 1);
        int part = STEPS / 3;
        for (int life = 0; life < 3; life++) {
            store.faults = batch -> faults.nextInt(60) == 0
                    ? faults.nextBoolean() ? MemoryLedgerStore.Fault.BEFORE : MemoryLedgerStore.Fault.AFTER
                    : MemoryLedgerStore.Fault.NONE;
            try (TradingFixture fixture = new TradingFixture(store)) {
                fixture.sequence.set(life * 1_000_000L);
                fixture.settings = TradingFixture.with(
                        Money.parse(fee), 5, 200, 100_000, Duration.ofDays(1), 17, Duration.ofSeconds(20));
                fixture.awaitReady();
                router.bind(fixture.trading(), Map.of());
                newPrices(fixture, random);
                for (int step = 0; step < part; step++) {
                    step(fixture, random, store);
                }
                sent.forEach(order -> settled(order.outcome));
                cancels.values().forEach(ConservationTest::settled);
                fixture.awaitSettled();
                router.unbind(fixture.trading());
                LedgerAudit.check(store, fee, "seed " + seed + " life " + life);
            }
            // The next life knows what the process left behind when it died.
            store = store.afterPowerLoss();
        }
        answersWereKept(store, "seed " + seed);
        assertThat(store.orders.values())
                .extracting(row -> row.order().status())
                .as("the control: all that can happen did")
                .contains(OrderStatus.FILLED, OrderStatus.REJECTED, OrderStatus.CANCELLED);
        assertThat(store.everHeld).as("the control: orders were held").isTrue();
    }

    private void step(TradingFixture fixture, Random random, MemoryLedgerStore store) {
        int what = random.nextInt(100);
        if (what < 80) {
            long account = 1 + random.nextInt(ACCOUNTS);
            send(fixture, account, ticket(random, sent.size()));
        } else if (what < 86 && !sent.isEmpty()) {
            Sent before = sent.get(random.nextInt(sent.size()));
            send(fixture, before.account, before.ticket);
        } else if (what < 94 && !sent.isEmpty()) {
            cancel(fixture, sent.get(sent.size() - 1 - random.nextInt(Math.min(40, sent.size()))));
        } else if (what < 97) {
            interval(fixture, random);
        } else if (what < 98) {
            holdOrRelease(fixture, random);
        } else if (what < 99) {
            exchange(fixture, store);
        } else {
            fixture.portfolio(1 + random.nextInt(ACCOUNTS));
        }
    }

    /** That nothing is settled that is held, the store checks. */
    private static void holdOrRelease(TradingFixture fixture, Random random) {
        String[] symbol = random.nextInt(3) == 0
                ? new String[0]
                : new String[] {SYMBOLS.get(random.nextInt(2)).value()};
        if (random.nextInt(3) == 0) {
            fixture.commands().hold("", symbol);
        } else {
            fixture.commands().release(symbol);
        }
    }

    private static OrderTicket ticket(Random random, int number) {
        Side side = random.nextInt(5) < 3 ? Side.BUY : Side.SELL;
        long units =
                random.nextBoolean() ? (1 + random.nextInt(60)) * 100_000_000L : 1 + random.nextLong(5_000_000_000L);
        return new OrderTicket(
                side,
                SYMBOLS.get(random.nextInt(SYMBOLS.size())),
                new Quantity(units),
                new ClientOrderId("c" + number));
    }

    private void send(TradingFixture fixture, long account, OrderTicket ticket) {
        sent.add(new Sent(
                account,
                ticket,
                fixture.trading().submit(fixture.caller(account), ticket).toCompletableFuture()));
    }

    /** Like the router: a call that finds no storage is repeated. */
    private void cancel(TradingFixture fixture, Sent order) {
        if (order.outcome.isDone() && get(order.outcome) instanceof OrderOutcome.Accepted accepted) {
            Caller caller = fixture.caller(order.account);
            cancels.put(
                    accepted.order(),
                    edge.<Trading, CancelOutcome>call(router, true, trading -> trading.cancel(caller, accepted.order()))
                            .toCompletableFuture());
        }
    }

    /** A storage goes; the next one comes a moment later, so that some calls find none. */
    private static void exchange(TradingFixture fixture, MemoryLedgerStore store) {
        fixture.gates.store().unbind(store);
        LockSupport.parkNanos(AWAY_NANOS);
        fixture.gates.store().bind(store, Map.of());
    }

    private static void interval(TradingFixture fixture, Random random) {
        long id = fixture.cut();
        if (random.nextInt(10) > 0) {
            fixture.pass(Duration.ofSeconds(1));
            newPrices(fixture, random);
        }
        fixture.settle(id, random.nextInt(8) > 0);
    }

    /** Of each asset perhaps a new price, now and then a leap. */
    private static void newPrices(TradingFixture fixture, Random random) {
        for (int i = 0; i < SYMBOLS.size(); i++) {
            if (random.nextInt(4) > 0) {
                long base = (i + 1) * 3_700_000_000L;
                long price = random.nextInt(20) == 0 ? base * 40 : base / 2 + random.nextLong(base);
                fixture.price(SYMBOLS.get(i), new Price(price), fixture.marketNow());
            } else if (!fixture.prices.containsKey(SYMBOLS.get(i))) {
                fixture.price(SYMBOLS.get(i), "50");
            }
        }
    }

    private static void settled(CompletableFuture<?> stage) {
        assertThat(stage).succeedsWithin(TradingFixture.PATIENCE);
    }

    /** I1 and idempotency: every acceptance is stored once, the same id had the same answer, cancelled is cancelled. */
    private void answersWereKept(MemoryLedgerStore store, String hint) {
        Map<String, OrderId> byKey = new HashMap<>();
        for (Sent order : sent) {
            OrderOutcome outcome = get(order.outcome);
            String key = order.account + "/" + order.ticket.clientOrderId();
            if (outcome instanceof OrderOutcome.Accepted accepted) {
                OrderId first = byKey.putIfAbsent(key, accepted.order());
                assertThat(first == null || first.equals(accepted.order()))
                        .as(hint + " " + key)
                        .isTrue();
                assertThat(store.orders.get(accepted.order().value()).order().quantity())
                        .as(hint)
                        .isEqualTo(order.ticket.quantity());
            } else {
                assertThat(((OrderOutcome.Refused) outcome).refusal().code())
                        .as(hint)
                        .isNotEqualTo(ReasonCode.DUPLICATE_ORDER_ID);
            }
        }
        assertThat(store.orders).as(hint).hasSameSizeAs(byKey);
        cancels.forEach((id, stage) -> {
            if (get(stage) instanceof CancelOutcome.Cancelled) {
                assertThat(store.orders.get(id.value()).order().status())
                        .as(hint + " " + id)
                        .isEqualTo(OrderStatus.CANCELLED);
            }
        });
    }
}
