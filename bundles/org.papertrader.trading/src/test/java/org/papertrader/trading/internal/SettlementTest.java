package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;
import static org.papertrader.trading.internal.TradingFixture.get;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.model.Transaction;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.IntervalRow;
import org.papertrader.trading.api.OrderOutcome;

@Tag("MST-27")
@Tag("MST-30")
class SettlementTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();
    private final TradingFixture fixture = new TradingFixture(store).awaitReady();

    @BeforeEach
    void setPrices() {
        fixture.price(AAPL, "100");
        fixture.price(IBM, "50");
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(store.broken).isEmpty();
    }

    @Test
    @Tag("MST-29")
    @Tag("DS-4")
    void aFillTurnsCashIntoUnitsAndTellsAllAboutIt() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        Instant issued = fixture.wall.now;
        fixture.pass(Duration.ofSeconds(5));
        fixture.price(AAPL, "101.5");
        Instant source = fixture.marketNow();
        fixture.pass(Duration.ofSeconds(1));
        fixture.interval();

        Portfolio portfolio = fixture.portfolio(1);
        assertThat(portfolio.cash()).isEqualTo(Money.parse("98985"));
        assertThat(portfolio.reservedCash()).isEqualTo(Money.ZERO);
        Position position = portfolio.positions().get(0);
        assertThat(position.quantity()).isEqualTo(Quantity.parse("10"));
        assertThat(position.costBasis()).isEqualTo(Money.parse("1015"));
        assertThat(position.marketValue()).isEqualTo(Money.parse("1015"));
        Transaction line = fixture.history(1).get(1);
        assertThat(line.order()).isEqualTo(order);
        assertThat(line.kind()).isEqualTo(Transaction.Kind.BUY);
        assertThat(line.price()).isEqualTo(Price.parse("101.5"));
        assertThat(line.cashEffect()).isEqualTo(Money.parse("-1015"));
        assertThat(line.outcome()).isEqualTo(OrderStatus.FILLED);
        assertThat(line.priceSource()).isEqualTo("replay");
        assertThat(line.times().issued()).isEqualTo(issued);
        assertThat(line.times().accepted()).isEqualTo(issued);
        assertThat(line.times().completed()).isEqualTo(fixture.wall.now);
        assertThat(line.times().completedMarket()).isEqualTo(fixture.marketNow());
        assertThat(line.times().priceTime()).isEqualTo(source);
        Order stored = fixture.order(1, order);
        assertThat(stored.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(stored.reserved()).isEqualTo(Money.ZERO);
        assertThat(stored.closedAt()).isEqualTo(fixture.wall.now);
        await().untilAsserted(() -> assertThat(fixture.ended)
                .singleElement()
                .satisfies(ended -> assertThat(ended.transaction()).isEqualTo(line)));
    }

    @Test
    void freeCashMakesUpWhatTheReserveLacks() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "500");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "200");
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.ZERO);
    }

    @Test
    void whatIsReservedForAnotherOrderIsNotFree() {
        OrderId dear = fixture.accepted(1, Side.BUY, AAPL, "500");
        OrderId cheap = fixture.accepted(1, Side.BUY, IBM, "100");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "199");
        fixture.price(IBM, "50");
        fixture.interval();
        Order rejected = fixture.order(1, dear);
        assertThat(rejected.status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(rejected.reason().code()).isEqualTo(ReasonCode.INSUFFICIENT_CASH);
        assertThat(rejected.reason().text()).contains("99500").contains("52500").contains("94750");
        assertThat(fixture.order(1, cheap).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.parse("95000"));
        assertThat(fixture.portfolio(1).positions())
                .extracting(Position::symbol)
                .containsExactly(IBM);
        assertThat(store.postings).as("deposit and one fill").hasSize(2);
        assertThat(fixture.history(1)).hasSize(3).anySatisfy(line -> {
            assertThat(line.outcome()).isEqualTo(OrderStatus.REJECTED);
            assertThat(line.cashEffect()).isEqualTo(Money.ZERO);
            assertThat(line.price()).isEqualTo(Price.ZERO);
        });
    }

    @Test
    void theCostIsAveragedAndTheProfitRealised() {
        buyAt("100", "1");
        buyAt("101", "2");
        Position position = fixture.portfolio(1).positions().get(0);
        assertThat(position.costBasis()).isEqualTo(Money.parse("302"));
        sellAt("110", "1");
        position = fixture.portfolio(1).positions().get(0);
        // 302 / 3 = 100.666667
        assertThat(position.costBasis()).isEqualTo(Money.parse("201.3333"));
        assertThat(position.realisedProfit()).isEqualTo(Money.parse("9.3333"));
        assertThat(position.unrealisedProfit()).isEqualTo(Money.parse("18.6667"));
        sellAt("90", "2");
        position = fixture.portfolio(1).positions().get(0);
        assertThat(position.quantity()).isEqualTo(Quantity.ZERO);
        assertThat(position.costBasis()).isEqualTo(Money.ZERO);
        assertThat(position.realisedProfit()).isEqualTo(Money.parse("-12"));
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.parse("99988"));
    }

    @Test
    void theFeeGoesApartToTheHouse() {
        fixture.settings = TradingFixture.withFee("2.5");
        buyAt("100", "10");
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.parse("98997.5"));
        assertThat(fixture.portfolio(1).positions().get(0).costBasis()).isEqualTo(Money.parse("1000"));
        sellAt("100", "10");
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.parse("99995"));
        assertThat(fixture.history(1))
                .extracting(Transaction::cashEffect)
                .containsExactly(Money.parse("100000"), Money.parse("-1002.5"), Money.parse("997.5"));
        assertThat(store.postings.get(1).postings()).hasSize(6);
    }

    @Test
    void aSaleWhoseFeeCannotBePaidIsRejected() {
        buyAt("1000", "95");
        fixture.settings = TradingFixture.withFee("20000");
        OrderId sale = fixture.accepted(1, Side.SELL, AAPL, "1");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "1000");
        fixture.interval();
        assertThat(fixture.order(1, sale).status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(fixture.portfolio(1).positions().get(0).quantity()).isEqualTo(Quantity.parse("95"));
    }

    @Test
    void aProceedThatDoesNotFitIsRejected() {
        buyAt("0.0001", "900000000");
        OrderId sale = fixture.accepted(1, Side.SELL, AAPL, "900000000");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "90000000000");
        fixture.interval();
        assertThat(fixture.order(1, sale).reason().code()).isEqualTo(ReasonCode.AMOUNT_TOO_LARGE);
        assertThat(store.positions.values()).singleElement().satisfies(row -> assertThat(row.quantity())
                .isEqualTo(Quantity.parse("900000000")));
    }

    @Test
    @Tag("MST-28")
    void whatRoundsToNoMoneyAtItsPriceIsRejected() {
        fixture.price(AAPL, "100");
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "0.000001");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "1");
        fixture.interval();
        assertThat(fixture.order(1, order).reason().code()).isEqualTo(ReasonCode.AMOUNT_TOO_SMALL);
        assertThat(fixture.portfolio(1).positions()).isEmpty();
        assertThat(fixture.portfolio(1).cash()).isEqualTo(Money.parse("100000"));
    }

    @Test
    void withinACutTheStampDecidesAndEarlierCutsComeFirst() {
        UUID slow = new UUID(9, 9);
        UUID fast = new UUID(5, 5);
        fixture.pass(Duration.ofMinutes(1));
        OrderId book = stamped(fast, 1, Duration.ofSeconds(5));
        fixture.interval(false);
        OrderId second = stamped(fast, 2, Duration.ZERO);
        OrderId first = stamped(slow, 1, Duration.ofSeconds(7));
        OrderId tie = stamped(new UUID(1, 1), 1, Duration.ZERO);
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        assertThat(fixture.history(1).stream().skip(1).map(Transaction::order))
                .containsExactly(book, first, tie, second);
    }

    @Test
    void theSnapshotIsStoredBeforeTheFirstFillAndHoldsOnlyWhatIsNeeded() {
        fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        List<IntervalRow> rows = store.log.stream()
                .map(batch -> batch.interval())
                .filter(java.util.Objects::nonNull)
                .toList();
        assertThat(rows)
                .extracting(IntervalRow::state)
                .containsExactly(IntervalRow.State.CUT, IntervalRow.State.SETTLING, IntervalRow.State.SETTLED);
        assertThat(rows.get(1).snapshot()).singleElement().satisfies(price -> {
            assertThat(price.symbol()).isEqualTo(AAPL);
            assertThat(price.source()).isEqualTo("replay");
        });
        int settling =
                indexOf(batch -> batch.interval() != null && batch.interval().state() == IntervalRow.State.SETTLING);
        int fill = indexOf(batch -> MemoryLedgerStore.ends(batch) > 0);
        assertThat(settling).isLessThan(fill);
    }

    @Test
    void anIntervalWithoutOrdersLeavesNoTrace() {
        int before = store.commits();
        fixture.interval();
        assertThat(store.commits()).isEqualTo(before);
    }

    @Test
    void settlementsGoInSlicesWithOrdersBetween() {
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 1_000, 10_000, Duration.ofDays(1), 10, Duration.ofSeconds(8));
        for (int i = 0; i < 95; i++) {
            fixture.accepted(1 + i % 7, Side.BUY, AAPL, "1");
        }
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        assertThat(store.log.stream().map(MemoryLedgerStore::ends).filter(size -> size > 0))
                .hasSize(10)
                .allMatch(size -> size <= 10);
        assertThat(store.cash.get(new AccountId(1)).cash()).isEqualTo(Money.parse("98600"));
    }

    @Test
    void theOrdersOfAnAccountEndTogether() {
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 1_000, 10_000, Duration.ofDays(1), 10, Duration.ofSeconds(8));
        for (int i = 0; i < 100; i++) {
            fixture.accepted(1 + (i + 3) % 10, Side.BUY, AAPL, "1");
        }
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        List<LedgerBatch> fills = store.log.stream()
                .filter(batch -> MemoryLedgerStore.ends(batch) > 0)
                .toList();
        // Its turn is that of its first order: account 4 was the first of all.
        assertThat(fills.stream().flatMap(batch -> batch.cash().stream()).map(row -> row.account()
                        .value()))
                .containsExactly(4L, 5L, 6L, 7L, 8L, 9L, 10L, 1L, 2L, 3L);
        assertThat(fills).allMatch(batch -> batch.history().size() == 10);
    }

    @Test
    void aCutWithoutPricesIsClosedByTheNext() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "1");
        long lost = fixture.cut();
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        fixture.settle(lost, true);
        fixture.awaitSettled();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(store.unsettledIntervals()).isEmpty();
        assertThat(store.intervals).hasSize(2);
    }

    @Test
    void intervalNumbersThatBeginAnewDoNoHarm() {
        fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        for (int round = 0; round < 2; round++) {
            OrderId order = fixture.accepted(1, Side.BUY, AAPL, "1");
            fixture.pass(Duration.ofSeconds(1));
            fixture.refresh();
            fixture.trading().cut(1);
            fixture.trading().settle(1, java.util.Map.copyOf(fixture.prices), true);
            fixture.awaitSettled();
            assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
        }
        assertThat(store.intervals).hasSize(2);
    }

    private OrderId stamped(UUID worker, long number, Duration before) {
        Caller caller = fixture.caller(1, worker, number);
        Caller stamped =
                new Caller(caller.session(), caller.clientAddress(), worker, number, fixture.wall.now.minus(before));
        OrderOutcome outcome = get(fixture.trading().submit(stamped, ticket(Side.BUY, AAPL, "1")));
        return ((OrderOutcome.Accepted) outcome).order();
    }

    private void buyAt(String price, String quantity) {
        trade(Side.BUY, price, quantity);
    }

    private void sellAt(String price, String quantity) {
        trade(Side.SELL, price, quantity);
    }

    private void trade(Side side, String price, String quantity) {
        fixture.price(AAPL, price);
        OrderId order = fixture.accepted(1, side, AAPL, quantity);
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, price);
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
    }

    private int indexOf(java.util.function.Predicate<LedgerBatch> batch) {
        for (int i = 0; i < store.log.size(); i++) {
            if (batch.test(store.log.get(i))) {
                return i;
            }
        }
        throw new AssertionError("no such batch");
    }
}
