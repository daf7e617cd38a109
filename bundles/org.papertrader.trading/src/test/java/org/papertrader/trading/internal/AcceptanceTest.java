package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;
import static org.papertrader.trading.internal.TradingFixture.get;
import static org.papertrader.trading.internal.TradingFixture.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.UnavailableException;
import org.papertrader.model.AccountId;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.TransactionsOutcome;

@Tag("MST-28")
class AcceptanceTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();
    private final TradingFixture fixture = new TradingFixture(store).awaitReady();

    @BeforeEach
    void setPrices() {
        fixture.price(AAPL, "100");
        fixture.price(IBM, "0.33333333");
    }

    @AfterEach
    void stop() {
        fixture.close();
        assertThat(store.broken).isEmpty();
    }

    @Test
    @Tag("PRO-16")
    void aBuyReservesItsPriceWithTheMarginAndIsOnDiskWhenAnswered() {
        OrderOutcome.Accepted accepted = (OrderOutcome.Accepted) fixture.submit(1, Side.BUY, AAPL, "10");
        assertThat(accepted.reserved()).isEqualTo(Money.parse("1050"));
        assertThat(accepted.freeCash()).isEqualTo(Money.parse("98950"));
        assertThat(store.isSynced(accepted.order())).isTrue();
        Order order = fixture.order(1, accepted.order());
        assertThat(order.status()).isEqualTo(OrderStatus.OPEN);
        assertThat(order.reason().code()).isEqualTo(ReasonCode.WAITING_FOR_INTERVAL);
        assertThat(order.times().accepted()).isEqualTo(fixture.wall.now);
        assertThat(order.times().acceptedMarket()).isEqualTo(fixture.marketNow());
    }

    @Test
    void theReserveIsRoundedOnceHalfEven() {
        // 0.33333333 * 3.5 * 1.05 = 1.22499998775
        OrderOutcome.Accepted accepted = (OrderOutcome.Accepted) fixture.submit(1, Side.BUY, IBM, "3.5");
        assertThat(accepted.reserved()).isEqualTo(Money.parse("1.225"));
    }

    @Test
    void theFeeIsReservedApart() {
        fixture.settings = TradingFixture.withFee("1.5");
        OrderOutcome.Accepted accepted = (OrderOutcome.Accepted) fixture.submit(1, Side.BUY, AAPL, "10");
        assertThat(accepted.reserved()).isEqualTo(Money.parse("1051.5"));
    }

    @Test
    @Tag("OVR-3")
    void refusesWithTheRightReason() {
        assertThat(fixture.refused(1, Side.BUY, AAPL, "0")).isEqualTo(ReasonCode.BAD_QUANTITY);
        assertThat(fixture.refused(1, Side.BUY, AAPL, "-1")).isEqualTo(ReasonCode.BAD_QUANTITY);
        assertThat(fixture.refused(1, Side.BUY, new Symbol("NONE"), "1")).isEqualTo(ReasonCode.UNKNOWN_ASSET);
        assertThat(fixture.refused(1, Side.BUY, new Symbol("NOPRICE"), "1")).isEqualTo(ReasonCode.NO_PRICE);
        assertThat(fixture.refused(1, Side.BUY, AAPL, "953")).isEqualTo(ReasonCode.INSUFFICIENT_CASH);
        assertThat(fixture.refused(1, Side.SELL, AAPL, "1")).isEqualTo(ReasonCode.INSUFFICIENT_POSITION);
        assertThat(fixture.refused(1, Side.BUY, AAPL, "0.00000001")).isEqualTo(ReasonCode.AMOUNT_TOO_SMALL);
        assertThat(fixture.refused(1, Side.BUY, AAPL, "0.0000005")).isEqualTo(ReasonCode.AMOUNT_TOO_SMALL);
        fixture.price(AAPL, "90000000000");
        assertThat(fixture.refused(1, Side.BUY, AAPL, "90000000000")).isEqualTo(ReasonCode.AMOUNT_TOO_LARGE);
        assertThat(store.orders).isEmpty();
        assertThat(fixture.submit(0, Side.BUY, AAPL, "1"))
                .isInstanceOfSatisfying(
                        OrderOutcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ReasonCode.NO_SESSION));
    }

    @Test
    void aRefusalForCashTellsTheNumbers() {
        OrderOutcome.Refused refused = (OrderOutcome.Refused) fixture.submit(1, Side.BUY, AAPL, "953");
        assertThat(refused.refusal().text())
                .contains("100065")
                .contains("100000")
                .contains("5 %");
    }

    @Test
    void reservationsOfOpenOrdersCount() {
        fixture.accepted(1, Side.BUY, AAPL, "900");
        assertThat(fixture.refused(1, Side.BUY, AAPL, "60")).isEqualTo(ReasonCode.INSUFFICIENT_CASH);
        fixture.accepted(1, Side.BUY, AAPL, "50");
        fixture.accepted(2, Side.BUY, AAPL, "900");
    }

    @Test
    void unitsPromisedToOneSaleAreNotSoldAgain() {
        fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        OrderId sale = fixture.accepted(1, Side.SELL, AAPL, "7");
        assertThat(fixture.refused(1, Side.SELL, AAPL, "3.00000001")).isEqualTo(ReasonCode.INSUFFICIENT_POSITION);
        fixture.accepted(1, Side.SELL, AAPL, "3");
        assertThat(fixture.portfolio(1).positions().get(0).reserved()).isEqualTo(Quantity.parse("10"));
        fixture.cancel(1, sale);
        assertThat(fixture.portfolio(1).positions().get(0).reserved()).isEqualTo(Quantity.parse("3"));
        fixture.accepted(1, Side.SELL, AAPL, "7");
    }

    @Test
    @Tag("MST-28")
    void aSaleThatWouldBringNothingIsRefused() {
        fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        assertThat(fixture.refused(1, Side.SELL, AAPL, "0.00000001")).isEqualTo(ReasonCode.AMOUNT_TOO_SMALL);
        fixture.accepted(1, Side.SELL, AAPL, "0.000001");
    }

    @Test
    void openOrdersAreLimitedLive() {
        fixture.settings = TradingFixture.with(Money.ZERO, 5, 2, 100, Duration.ofDays(1), 5_000, Duration.ofSeconds(8));
        fixture.accepted(1, Side.BUY, AAPL, "1");
        OrderId second = fixture.accepted(1, Side.BUY, AAPL, "1");
        assertThat(fixture.refused(1, Side.BUY, AAPL, "1")).isEqualTo(ReasonCode.TOO_MANY_OPEN_ORDERS);
        fixture.cancel(1, second);
        fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.settings = TradingFixture.settings();
        fixture.accepted(1, Side.BUY, AAPL, "1");
    }

    @Test
    @Tag("PRO-16")
    void theSameIdGetsTheSameAnswerAndAnotherBodyAnError() {
        OrderOutcome.Accepted first = accepted(fixture.caller(1), "id-1", "5");
        OrderOutcome.Accepted again = accepted(fixture.caller(1), "id-1", "5");
        assertThat(again.order()).isEqualTo(first.order());
        assertThat(again.reserved()).isEqualTo(first.reserved());
        assertThat(duplicate(1, Side.BUY, "6")).isTrue();
        assertThat(duplicate(1, Side.SELL, "5")).isTrue();
        // Another account's ids are its own.
        assertThat(accepted(fixture.caller(2), "id-1", "5").order()).isNotEqualTo(first.order());
        assertThat(store.orders).hasSize(2);
    }

    @Test
    @Tag("PRO-16")
    void withoutAnIdTheWorkersNumberServes() {
        Caller caller = fixture.caller(1, new UUID(7, 7), 42);
        OrderOutcome first = get(fixture.trading().submit(caller, ticket(Side.BUY, AAPL, "5")));
        OrderOutcome again = get(fixture.trading().submit(caller, ticket(Side.BUY, AAPL, "5")));
        assertThat(again).isEqualTo(first);
        Caller other = fixture.caller(2, new UUID(7, 7), 42);
        assertThat(get(fixture.trading().submit(other, ticket(Side.BUY, AAPL, "5"))))
                .isInstanceOf(OrderOutcome.Refused.class);
        assertThat(store.orders).hasSize(1);
    }

    @Test
    void anOrderThatEndedStillHasItsFirstAnswer() {
        OrderOutcome.Accepted first = accepted(fixture.caller(1), "id-1", "5");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        assertThat(fixture.order(1, first.order()).status()).isEqualTo(OrderStatus.FILLED);
        OrderOutcome.Accepted again = accepted(fixture.caller(1), "id-1", "5");
        assertThat(again.order()).isEqualTo(first.order());
        assertThat(again.reserved()).as("now").isEqualTo(Money.ZERO);
    }

    @Test
    void aCancelFreesTheReservation() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        CancelOutcome.Cancelled cancelled = (CancelOutcome.Cancelled) fixture.cancel(1, order);
        assertThat(cancelled.freeCash()).isEqualTo(Money.parse("100000"));
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(fixture.history(1)).hasSize(2).last().satisfies(line -> {
            assertThat(line.outcome()).isEqualTo(OrderStatus.CANCELLED);
            assertThat(line.reason().code()).isEqualTo(ReasonCode.CANCELLED_BY_USER);
        });
        assertThat(reasonOfCancel(1, order)).isEqualTo(ReasonCode.ORDER_NOT_OPEN);
        assertThat(reasonOfCancel(1, new OrderId(999))).isEqualTo(ReasonCode.UNKNOWN_ORDER);
        OrderId others = fixture.accepted(2, Side.BUY, AAPL, "10");
        assertThat(reasonOfCancel(1, others)).isEqualTo(ReasonCode.UNKNOWN_ORDER);
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    @Tag("DS-4")
    void anAccountOpensWithItsStartingCashOnce() {
        assertThat(fixture.portfolio(5).cash()).isEqualTo(Money.parse("100000"));
        assertThat(fixture.portfolio(5).cash()).isEqualTo(Money.parse("100000"));
        assertThat(fixture.history(5)).singleElement().satisfies(line -> {
            assertThat(line.kind()).isEqualTo(Transaction.Kind.DEPOSIT);
            assertThat(line.cashEffect()).isEqualTo(Money.parse("100000"));
        });
        assertThat(store.postings).hasSize(1);
    }

    @Test
    @Tag("PRO-14")
    void othersSeeTheTotalValueOnly() {
        fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(1));
        fixture.price(AAPL, "110");
        fixture.interval();
        fixture.price(AAPL, "120");
        PortfolioOutcome seen = get(fixture.trading().portfolio(fixture.caller(2), new UserName("user1")));
        assertThat(seen).isEqualTo(new PortfolioOutcome.Public(new UserName("user1"), Money.parse("100100")));
        PortfolioOutcome unopened = get(fixture.trading().portfolio(fixture.caller(2), new UserName("user3")));
        assertThat(unopened).isEqualTo(new PortfolioOutcome.Public(new UserName("user3"), Money.parse("100000")));
        assertThat(store.cash).doesNotContainKey(new AccountId(3));
        PortfolioOutcome nobody = get(fixture.trading().portfolio(fixture.caller(2), new UserName("nobody")));
        assertThat(((PortfolioOutcome.Refused) nobody).refusal().code()).isEqualTo(ReasonCode.UNKNOWN_USER);
        TransactionsOutcome lines = get(fixture.trading().transactions(fixture.caller(2), new UserName("user1"), 0));
        assertThat(((TransactionsOutcome.Refused) lines).refusal().code()).isEqualTo(ReasonCode.NOT_ALLOWED);
    }

    @Test
    void stampsOfAWorkerAreClampedAndNeverGoBack() {
        Instant arrival = fixture.wall.now;
        UUID worker = new UUID(3, 3);
        submitStamped(worker, 1, arrival.minusSeconds(3));
        submitStamped(worker, 2, arrival.minusSeconds(9));
        submitStamped(worker, 3, arrival.plusSeconds(3_600));
        submitStamped(new UUID(4, 4), 1, arrival.minusSeconds(3_600));
        assertThat(store.orders.values())
                .extracting(row -> row.corrected())
                .containsExactly(
                        arrival.minusSeconds(3),
                        arrival.minusSeconds(3),
                        arrival.plusSeconds(10),
                        arrival.minusSeconds(10));
        assertThat(store.orders.get(3L).order().times().issued()).isEqualTo(arrival.plusSeconds(3_600));
    }

    @Test
    @Tag("PRO-16")
    void stampsAreCorrectedForTheWorkersMeasuredClock() {
        Instant arrival = fixture.wall.now;
        Caller caller = fixture.caller(1, new UUID(3, 3), 1);
        Caller ahead = new Caller(caller.session(), caller.clientAddress(), caller.worker(), 1, arrival.plusSeconds(5))
                .withClockAhead(Duration.ofSeconds(7));

        OrderOutcome first = get(fixture.trading().submit(ahead, ticket(Side.BUY, AAPL, "1")));
        OrderOutcome again = get(fixture.trading().submit(ahead.withClockAhead(null), ticket(Side.BUY, AAPL, "1")));

        assertThat(store.orders.get(1L).corrected()).isEqualTo(arrival.minusSeconds(2));
        assertThat(store.orders.get(1L).order().times().issued()).isEqualTo(arrival.plusSeconds(5));
        // Accepted is accepted, also when the clock has gone wrong since.
        assertThat(again).isEqualTo(first);
    }

    @Test
    @Tag("PRO-16")
    void anOrderOfAWorkerWhoseClockIsWrongIsRefused() {
        Caller wrong = fixture.caller(1, new UUID(3, 3), 1).withClockAhead(null);

        OrderOutcome outcome = get(fixture.trading().submit(wrong, ticket(Side.BUY, AAPL, "1")));

        assertThat(((OrderOutcome.Refused) outcome).refusal().text()).contains("clock is wrong");
        assertThat(store.orders).isEmpty();
    }

    @Test
    void withoutPricesNothingIsDone() {
        fixture.gates.prices().unbind(fixture.currentPrices);
        assertThatThrownBy(() -> fixture.submit(1, Side.BUY, AAPL, "1")).isInstanceOf(UnavailableException.class);
        assertThat(store.orders).isEmpty();
    }

    @Test
    void theShellShowsTheQueue() {
        fixture.accepted(1, Side.BUY, AAPL, "10");
        assertThat(fixture.commands().list(false, "", "", "", "50"))
                .contains("AAPL")
                .contains("waitingForInterval")
                .contains("1 of 1");
        assertThat(fixture.commands().show(false))
                .containsPattern("(?m)^state +RUNNING$")
                .containsPattern("(?m)^openOrders +1$");
    }

    private void submitStamped(UUID worker, long number, Instant stamp) {
        Caller caller = fixture.caller(1, worker, number);
        Caller stamped = new Caller(caller.session(), caller.clientAddress(), worker, number, stamp);
        get(fixture.trading().submit(stamped, ticket(Side.BUY, AAPL, "1")));
    }

    private OrderOutcome.Accepted accepted(Caller caller, String id, String quantity) {
        return (OrderOutcome.Accepted) get(fixture.trading().submit(caller, ticket(Side.BUY, AAPL, quantity, id)));
    }

    private boolean duplicate(long account, Side side, String quantity) {
        OrderOutcome outcome =
                get(fixture.trading().submit(fixture.caller(account), ticket(side, AAPL, quantity, "id-1")));
        return outcome instanceof OrderOutcome.Refused refused
                && refused.refusal().code() == ReasonCode.DUPLICATE_ORDER_ID;
    }

    private ReasonCode reasonOfCancel(long account, OrderId order) {
        return ((CancelOutcome.Refused) fixture.cancel(account, order))
                .refusal()
                .code();
    }
}
