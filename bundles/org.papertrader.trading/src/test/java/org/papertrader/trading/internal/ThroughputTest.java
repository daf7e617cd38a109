package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.storage.api.LedgerBatch.SnapshotPrice;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.PostingHash;
import org.papertrader.trading.api.OrderOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures; run it with {@code -Dbench=true}, on a quiet machine. */
@EnabledIfSystemProperty(named = "bench", matches = "true")
class ThroughputTest {
    private static final Logger LOG = LoggerFactory.getLogger(ThroughputTest.class);
    private static final int ORDERS = 100_000;
    private static final int ACCOUNTS = 10_000;
    private static final int ASSETS = 500;

    @TempDir
    Path directory;

    @Test
    void decides() {
        for (int round = 0; round < 12; round++) {
            decide(round);
        }
    }

    @Test
    void settlesOnTheFake() {
        for (int round = 0; round < 3; round++) {
            settle(new MemoryLedgerStore(), "fake");
        }
    }

    @Test
    void settlesOnH2() {
        for (int round = 0; round < 3; round++) {
            try (H2Ledger h2 = new H2Ledger(directory.resolve("settle" + round))) {
                settle(h2.store(), "H2");
            }
        }
    }

    @Test
    void acceptsFromManyClientsOnH2() {
        for (int clients : new int[] {1, 16, 64, 64}) {
            try (H2Ledger h2 = new H2Ledger(directory.resolve("accept" + clients + "-" + System.nanoTime()))) {
                accept(h2.store(), clients);
            }
        }
    }

    private static void decide(int round) {
        Instant now = Instant.parse("2026-03-02T10:00:00Z");
        TradingFixture prices = new TradingFixture(new MemoryLedgerStore()).awaitReady();
        setPrices(prices, 100);
        WorkingCopy copy = new WorkingCopy(
                new LedgerState(List.of(), List.of(), List.of(), List.of(), 0, 0, PostingHash.start(), 0, List.of()));
        OrderDesk desk = new OrderDesk(copy);
        Moment moment = new Moment(now, now, lease(prices.currentPrices), TradingFixture.settings());
        List<Command.Submit> commands = commands(prices);
        List<Batch> batches = new ArrayList<>();
        long start = cpu();
        Batch batch = new Batch();
        for (Command.Submit command : commands) {
            desk.submit(command, moment, batch);
            if (batch.isFull()) {
                batch.seal();
                batches.add(batch);
                batch = new Batch();
            }
        }
        batch.seal();
        long accepting = cpu() - start;
        List<SnapshotPrice> snapshot = prices.prices.values().stream()
                .map(asset -> new SnapshotPrice(asset.symbol(), asset.bar().close(), now.plusSeconds(1), "bench"))
                .toList();
        IntervalRow row = new IntervalRow(1, ORDERS, now, now, true, snapshot, IntervalRow.State.SETTLING);
        start = cpu();
        Settlement settlement = new Settlement(copy, row);
        int ended = 0;
        for (boolean last = false; !last; ) {
            Batch slice = new Batch();
            last = settlement.slice(moment, slice);
            slice.seal();
            ended += slice.ended.size();
        }
        long settling = cpu() - start;
        assertThat(ended).isEqualTo(ORDERS);
        prices.close();
        LOG.info("round {}: {} orders/s accepted, {} orders/s settled", round, rate(accepting), rate(settling));
    }

    private static void settle(LedgerStore store, String name) {
        try (TradingFixture fixture = new TradingFixture(store).awaitReady()) {
            fixture.settings = TradingFixture.with(
                    Money.ZERO, 5, 1_000, 200_000, Duration.ofDays(1), 5_000, Duration.ofSeconds(30));
            setPrices(fixture, 100);
            List<CompletableFuture<OrderOutcome>> stages = new ArrayList<>();
            long start = System.nanoTime();
            for (Command.Submit command : commands(fixture)) {
                stages.add(
                        fixture.trading().submit(command.caller, command.ticket).toCompletableFuture());
            }
            stages.forEach(stage -> assertThat(TradingFixture.get(stage)).isInstanceOf(OrderOutcome.Accepted.class));
            long accepting = System.nanoTime() - start;
            fixture.pass(Duration.ofSeconds(1));
            setPrices(fixture, 101);
            long id = fixture.cut();
            start = System.nanoTime();
            fixture.settle(id, true);
            fixture.awaitSettled();
            long settling = System.nanoTime() - start;
            LOG.info(
                    "{}: {} orders accepted at once in {} ms ({}/s), settled in {} ms ({}/s)",
                    name,
                    ORDERS,
                    accepting / 1_000_000,
                    rate(accepting),
                    settling / 1_000_000,
                    rate(settling));
        }
    }

    private static void accept(LedgerStore store, int clients) {
        try (TradingFixture fixture = new TradingFixture(store).awaitReady()) {
            fixture.settings = TradingFixture.with(
                    Money.ZERO, 5, 1_000_000, 200_000, Duration.ofDays(1), 5_000, Duration.ofSeconds(30));
            setPrices(fixture, 100);
            long end = System.nanoTime() + 4_000_000_000L;
            AtomicInteger done = new AtomicInteger();
            AtomicLong sum = new AtomicLong();
            long syncs = store.syncs();
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int client = 1; client <= clients; client++) {
                all.add(next(fixture, client, end, done, sum));
            }
            all.forEach(CompletableFuture::join);
            LOG.info(
                    "H2, {} clients: {} orders/s, mean {} us, {} orders a sync",
                    clients,
                    done.get() / 4,
                    sum.get() / 1_000 / Math.max(1, done.get()),
                    done.get() / Math.max(1, store.syncs() - syncs));
        }
    }

    private static CompletableFuture<Void> next(
            TradingFixture fixture, long client, long end, AtomicInteger done, AtomicLong sum) {
        long start = System.nanoTime();
        if (start > end) {
            return CompletableFuture.completedFuture(null);
        }
        return fixture.trading()
                .submit(fixture.caller(client), ticket(Side.BUY, new Symbol("A1"), "0.00001"))
                .toCompletableFuture()
                .thenComposeAsync(outcome -> {
                    assertThat(outcome).isInstanceOf(OrderOutcome.Accepted.class);
                    done.incrementAndGet();
                    sum.addAndGet(System.nanoTime() - start);
                    return next(fixture, client, end, done, sum);
                });
    }

    private static void setPrices(TradingFixture fixture, int base) {
        for (int i = 0; i < ASSETS; i++) {
            fixture.price(new Symbol("A" + i), String.valueOf(base + i % 7));
        }
    }

    private static List<Command.Submit> commands(TradingFixture fixture) {
        Random random = new Random(5);
        List<Command.Submit> commands = new ArrayList<>(ORDERS);
        for (int i = 0; i < ORDERS; i++) {
            long account = 1 + random.nextInt(ACCOUNTS);
            Caller caller = fixture.caller(account);
            commands.add(new Command.Submit(
                    new AccountId(account),
                    caller,
                    ticket(Side.BUY, new Symbol("A" + random.nextInt(ASSETS)), String.valueOf(1 + random.nextInt(9))),
                    Long.MAX_VALUE));
        }
        return commands;
    }

    private static org.papertrader.gate.Lease<Prices> lease(Prices prices) {
        return new org.papertrader.gate.Lease<>() {
            @Override
            public Prices service() {
                return prices;
            }

            @Override
            public void close() {}
        };
    }

    /** Time of this thread alone: other programs do not count. */
    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long rate(long nanos) {
        return ORDERS * 1_000_000_000L / Math.max(1, nanos);
    }
}
