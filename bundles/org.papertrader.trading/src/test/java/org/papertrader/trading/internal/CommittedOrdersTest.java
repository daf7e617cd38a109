package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.get;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.OrdersOutcome;

/** That an account's list of orders has each of them once, wherever it is kept. */
@Tag("MST-30")
class CommittedOrdersTest {
    private static final int ORDERS = 40;
    private static final int READERS = 3;
    private static final int ROUNDS_MAX = 20;

    @TempDir
    Path directory;

    @Test
    void openAndEndedOrdersAreOneListPageByPage() {
        MemoryLedgerStore store = new MemoryLedgerStore();
        try (TradingFixture fixture = started(store)) {
            OrderId filled = fixture.accepted(1, Side.BUY, AAPL, "1");
            fixture.accepted(2, Side.BUY, AAPL, "1");
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.interval();
            OrderId open = fixture.accepted(1, Side.BUY, AAPL, "2");
            OrderId cancelled = fixture.accepted(1, Side.BUY, AAPL, "3");
            OrderId newest = fixture.accepted(1, Side.BUY, AAPL, "4");
            fixture.cancel(1, cancelled);

            assertThat(ids(list(fixture, 1, false, null))).containsExactly(newest, cancelled, open, filled);
            assertThat(ids(list(fixture, 1, false, newest))).containsExactly(cancelled, open, filled);
            assertThat(ids(list(fixture, 1, false, open))).containsExactly(filled);
            assertThat(ids(list(fixture, 1, true, null))).containsExactly(newest, open);
            assertThat(ids(list(fixture, 1, true, newest))).containsExactly(open);
            assertThat(fixture.order(1, open).reason().code()).isEqualTo(ReasonCode.WAITING_FOR_INTERVAL);
            fixture.interval(false);
            assertThat(fixture.order(1, open).reason().code()).isEqualTo(ReasonCode.MARKET_CLOSED);
        }
        try (TradingFixture fixture = started(store)) {
            assertThat(list(fixture, 1, true, null))
                    .hasSize(2)
                    .allMatch(order -> order.reason().code().equals(ReasonCode.MARKET_CLOSED));
        }
    }

    @Test
    void noOrderIsMissingOrTwiceWhileItEnds() {
        try (H2Ledger h2 = new H2Ledger(directory);
                TradingFixture fixture = started(h2.store())) {
            fixture.settings =
                    TradingFixture.with(Money.ZERO, 5, 1_000, 1_000, Duration.ofDays(1), 1, Duration.ofSeconds(8));
            int mixed = 0;
            for (long account = 1; account <= ROUNDS_MAX && mixed == 0; account++) {
                mixed = settleUnderReaders(fixture, account);
            }

            assertThat(mixed)
                    .as("the control: some looked while the orders ended")
                    .isPositive();
        }
    }

    /** How often a reader saw some orders open and some not. */
    private static int settleUnderReaders(TradingFixture fixture, long account) {
        List<OrderId> all = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            all.add(0, fixture.accepted(account, Side.BUY, AAPL, "0.01"));
        }
        AtomicBoolean settled = new AtomicBoolean();
        List<CompletableFuture<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(CompletableFuture.supplyAsync(() -> {
                int mixed = 0;
                while (!settled.get()) {
                    List<Order> seen = list(fixture, account, false, null);
                    assertThat(ids(seen)).isEqualTo(all);
                    long open =
                            seen.stream().filter(CommittedOrdersTest::isOpen).count();
                    mixed += open > 0 && open < ORDERS ? 1 : 0;
                }
                return mixed;
            }));
        }
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        settled.set(true);
        assertThat(fixture.orders(account)).hasSize(ORDERS).noneMatch(CommittedOrdersTest::isOpen);
        return readers.stream().mapToInt(TradingFixture::get).sum();
    }

    private static TradingFixture started(LedgerStore store) {
        TradingFixture fixture = new TradingFixture(store);
        fixture.price(AAPL, "100");
        return fixture.awaitReady();
    }

    private static List<Order> list(TradingFixture fixture, long account, boolean onlyOpen, OrderId before) {
        return ((OrdersOutcome.Page) get(fixture.trading().orders(fixture.caller(account), onlyOpen, before))).orders();
    }

    private static List<OrderId> ids(List<Order> orders) {
        return orders.stream().map(Order::id).toList();
    }

    private static boolean isOpen(Order order) {
        return order.status() == OrderStatus.OPEN;
    }
}
