package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.get;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Quantity;
import org.papertrader.model.Side;
import org.papertrader.model.Transaction;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.TransactionsOutcome;

/** The whole of trading on the real storage. */
@Tag("MST-27")
@Tag("MST-29")
@Tag("MST-30")
class H2TradingTest {
    private static final long SEED = 7;
    private static final int OPEN_MAX = 1_000;

    @TempDir
    Path directory;

    @Test
    void ordersGoThroughAndAreThereAfterARestart() {
        OrderId filled;
        OrderId open;
        Portfolio portfolio;
        List<Transaction> history;
        try (H2Ledger h2 = new H2Ledger(directory);
                TradingFixture fixture = new TradingFixture(h2.store()).awaitReady()) {
            fixture.price(AAPL, "100");
            filled = ((OrderOutcome.Accepted)
                            get(fixture.trading().submit(fixture.caller(1), ticket(Side.BUY, AAPL, "1.5", "first"))))
                    .order();
            fixture.pass(Duration.ofSeconds(1));
            fixture.price(AAPL, "101.23");
            fixture.interval();
            open = fixture.accepted(1, Side.SELL, AAPL, "0.5");
            portfolio = fixture.portfolio(1);
            history = fixture.history(1);
            assertThat(fixture.order(1, filled).status()).isEqualTo(OrderStatus.FILLED);
            assertThat(h2.store().verify()).isEqualTo(new LedgerCheck(2, true, ""));
        }
        try (H2Ledger h2 = new H2Ledger(directory);
                TradingFixture fixture = new TradingFixture(h2.store())) {
            fixture.sequence.set(1_000);
            fixture.price(AAPL, "101.23");
            fixture.awaitReady();
            assertThat(fixture.portfolio(1).cash()).isEqualTo(portfolio.cash()).isEqualTo(Money.parse("99848.155"));
            assertThat(fixture.portfolio(1).positions()).isEqualTo(portfolio.positions());
            assertThat(fixture.history(1)).isEqualTo(history);
            OrderOutcome again =
                    get(fixture.trading().submit(fixture.caller(1), ticket(Side.BUY, AAPL, "1.5", "first")));
            assertThat(((OrderOutcome.Accepted) again).order()).isEqualTo(filled);
            fixture.pass(Duration.ofSeconds(10));
            fixture.price(AAPL, "110");
            fixture.interval();
            assertThat(fixture.order(1, open).status()).isEqualTo(OrderStatus.FILLED);
            assertThat(fixture.portfolio(1).positions())
                    .singleElement()
                    .extracting(Position::quantity)
                    .isEqualTo(Quantity.parse("1"));
            assertThat(h2.store().verify().intact()).isTrue();
        }
    }

    @Test
    void aBusyDayAddsUp() {
        Random random = new Random(SEED);
        try (H2Ledger h2 = new H2Ledger(directory);
                TradingFixture fixture = new TradingFixture(h2.store()).awaitReady()) {
            fixture.settings = TradingFixture.withFee("0.01");
            fixture.price(AAPL, "100");
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 40; i++) {
                    Side side = round > 0 && random.nextInt(3) == 0 ? Side.SELL : Side.BUY;
                    fixture.submit(1 + random.nextInt(5), side, AAPL, "0." + (1 + random.nextInt(99_999)));
                }
                fixture.pass(Duration.ofSeconds(1));
                fixture.price(AAPL, String.valueOf(80 + random.nextInt(50)));
                fixture.interval(random.nextInt(4) > 0);
            }
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.interval();
            assertThat(h2.store().verify().intact()).as("seed " + SEED).isTrue();
            for (long account = 1; account <= 5; account++) {
                Money cash = fixture.history(account).stream()
                        .map(Transaction::cashEffect)
                        .reduce(Money.ZERO, Money::plus);
                assertThat(fixture.portfolio(account).cash()).as("seed " + SEED).isEqualTo(cash);
                assertThat(fixture.portfolio(account).reservedCash()).isEqualTo(Money.ZERO);
                assertThat(fixture.orders(account)).as("seed " + SEED).noneMatch(H2TradingTest::isOpen);
            }
        }
    }

    /** Page after page, however many there are. */
    @Test
    void aHistoryOfMoreThanOnePageIsReadToItsEnd() {
        int rounds = 1 + TransactionsOutcome.Page.ROWS_MAX / OPEN_MAX;
        try (H2Ledger h2 = new H2Ledger(directory);
                TradingFixture fixture = new TradingFixture(h2.store()).awaitReady()) {
            fixture.price(AAPL, "100");
            for (int round = 0; round < rounds; round++) {
                List<CompletionStage<OrderOutcome>> orders = Stream.generate(
                                () -> fixture.trading().submit(fixture.caller(1), ticket(Side.BUY, AAPL, "0.001")))
                        .limit(OPEN_MAX)
                        .toList();
                orders.forEach(order -> assertThat(get(order)).isInstanceOf(OrderOutcome.Accepted.class));
                fixture.pass(Duration.ofSeconds(1));
                fixture.refresh();
                fixture.interval();
            }
            List<Transaction> all = new ArrayList<>();
            TransactionsOutcome.Page page;
            do {
                long after = all.isEmpty() ? 0 : all.get(all.size() - 1).id();
                page = (TransactionsOutcome.Page) get(fixture.trading()
                        .transactions(fixture.caller(1), MemoryLedgerStore.NAMES.apply(new AccountId(1)), after));
                all.addAll(page.transactions());
            } while (page.more());
            assertThat(all).hasSize(1 + rounds * OPEN_MAX).doesNotHaveDuplicates();
        }
    }

    private static boolean isOpen(Order order) {
        return order.status() == OrderStatus.OPEN;
    }
}
