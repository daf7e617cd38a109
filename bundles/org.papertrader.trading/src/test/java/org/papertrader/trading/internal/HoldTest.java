package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.shell.text.Failed;

/** Operators hold orders back, release them, and cancel them. */
@Tag("MST-30")
class HoldTest {
    private final MemoryLedgerStore store = new MemoryLedgerStore();
    private TradingFixture fixture = new TradingFixture(store);

    @BeforeEach
    void begin() {
        prepare(fixture);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static void prepare(TradingFixture fixture) {
        fixture.price(AAPL, "100");
        fixture.price(IBM, "50");
        fixture.awaitReady();
    }

    private void nextInterval() {
        nextInterval(fixture);
    }

    private static void nextInterval(TradingFixture fixture) {
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval();
    }

    @Test
    void ordersOfAHeldAssetWaitOverIntervalsAndFillOnceTheyAreReleased() {
        OrderId before = fixture.accepted(1, Side.BUY, AAPL, "1");
        assertThat(fixture.commands().hold("a wrong price", "aapl"))
                .isEqualTo("orders of AAPL are held; queue:release AAPL releases them\n");
        assertThat(fixture.commands().hold("", "APPL"))
                .isEqualTo("orders of APPL are held, but there is no asset APPL; queue:release APPL releases them\n");
        assertThat(fixture.commands().release("APPL")).startsWith("orders of APPL are released");
        OrderId after = fixture.accepted(2, Side.BUY, AAPL, "1");
        OrderId other = fixture.accepted(1, Side.BUY, IBM, "1");

        nextInterval();
        nextInterval();

        assertThat(fixture.order(1, other).status()).isEqualTo(OrderStatus.FILLED);
        for (Order order : List.of(fixture.order(1, before), fixture.order(2, after))) {
            assertThat(order.status()).isEqualTo(OrderStatus.OPEN);
            assertThat(order.reason().code()).isEqualTo(ReasonCode.HELD_BY_OPERATOR);
            assertThat(order.reason().text()).isEqualTo("An operator holds the order back: a wrong price");
        }
        assertThat(fixture.portfolio(1).reservedCash()).as("still reserved").isEqualTo(Money.parse("105"));

        assertThat(fixture.commands().release("AAPL")).isEqualTo("orders of AAPL are released\n");
        fixture.price(AAPL, "101");
        nextInterval();

        assertThat(fixture.history(1))
                .filteredOn(line -> before.equals(line.order()))
                .singleElement()
                .satisfies(line -> assertThat(line.price()).hasToString("101"));
        assertThat(fixture.order(2, after).status()).isEqualTo(OrderStatus.FILLED);
        LedgerAudit.check(store, "0", "held and released");
    }

    @Test
    void allOrdersCanBeHeldAndAHoldOfAnAssetStaysOnItsOwn() {
        OrderId apple = fixture.accepted(1, Side.BUY, AAPL, "1");
        OrderId ibm = fixture.accepted(1, Side.BUY, IBM, "1");
        fixture.commands().hold("", "IBM");
        assertThat(fixture.commands().hold("")).isEqualTo("all orders are held; queue:release releases them\n");

        nextInterval();
        assertThat(fixture.order(1, apple).status()).isEqualTo(OrderStatus.OPEN);
        assertThat(fixture.commands().release()).isEqualTo("all orders are released; still held: IBM\n");
        assertThat(fixture.commands().release()).isEqualTo("all orders were not held; still held: IBM\n");

        nextInterval();
        assertThat(fixture.order(1, apple).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(fixture.order(1, ibm).status()).isEqualTo(OrderStatus.OPEN);
    }

    @Test
    void theOwnerMayCancelWhatIsHeld() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.commands().hold("", "AAPL");
        nextInterval();

        fixture.cancel(1, order);

        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(fixture.portfolio(1).reservedCash()).isEqualTo(Money.ZERO);
    }

    /** Once the command has returned nothing that is held settles, also amid a settlement. */
    @Test
    void aHoldStopsASettlementThatIsUnderWay() throws Exception {
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 1_000, 10_000, Duration.ofDays(1), 1, Duration.ofSeconds(8));
        for (int i = 0; i < 200; i++) {
            fixture.accepted(1 + i, Side.BUY, AAPL, "1");
        }
        long id = fixture.cut();
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        PausedSettlement.amid(
                store, () -> fixture.settle(id, true), () -> fixture.commands().hold("", "AAPL"));
        long filled = fills(store);
        fixture.awaitSettled();

        assertThat(fills(store)).isEqualTo(filled);
        assertThat(filled).as("the control: it was amid").isLessThan(200);
        nextInterval();
        assertThat(fills(store)).isEqualTo(filled);
        fixture.commands().release("AAPL");
        nextInterval();
        assertThat(fills(store)).isEqualTo(200);
        LedgerAudit.check(store, "0", "held amid a settlement");
    }

    /** Whatever is stored when the process dies decides what is held afterwards; nothing fills twice. */
    @Test
    void afterDeathAtEveryCommitWhatIsStoredAsHeldIsHeld() {
        fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.accepted(1, Side.BUY, IBM, "1");
        fixture.commands().hold("first", "AAPL");
        fixture.accepted(2, Side.BUY, AAPL, "2");
        nextInterval();
        fixture.commands().hold("second");
        fixture.accepted(3, Side.BUY, IBM, "3");
        nextInterval();
        fixture.commands().release();
        nextInterval();
        fixture.commands().release("AAPL");
        nextInterval();
        int holding = 0;
        for (int commit = 0; commit <= store.commits(); commit++) {
            MemoryLedgerStore left = store.copy(commit);
            holding += left.holds.isEmpty() ? 0 : 1;
            List<Symbol> held = left.holds.stream()
                    .flatMap(hold ->
                            hold.symbol() == null ? List.of(AAPL, IBM).stream() : List.of(hold.symbol()).stream())
                    .toList();
            try (TradingFixture next = new TradingFixture(left)) {
                prepare(next);
                next.pass(Duration.ofHours(1));
                next.awaitSettled();
                nextInterval(next);
                String hint = "died after commit " + commit;
                assertThat(left.orders.values())
                        .as(hint)
                        .filteredOn(row -> row.order().status() == OrderStatus.OPEN)
                        .allMatch(row -> held.contains(row.order().symbol()));
                LedgerAudit.check(left, "0", hint);
                next.commands().release();
                next.commands().release("AAPL");
                nextInterval(next);
                assertThat(left.orders.values())
                        .as(hint)
                        .allMatch(row -> row.order().status() == OrderStatus.FILLED);
                LedgerAudit.check(left, "0", hint);
            }
        }
        assertThat(holding).as("deaths while something was held").isGreaterThan(5);
    }

    @Test
    void aHoldThatTheStorageLostIsDecidedAgain() {
        for (MemoryLedgerStore.Fault fault : List.of(MemoryLedgerStore.Fault.BEFORE, MemoryLedgerStore.Fault.AFTER)) {
            AtomicInteger left = new AtomicInteger(1);
            store.faults = batch ->
                    !batch.holds().isEmpty() && left.getAndDecrement() > 0 ? fault : MemoryLedgerStore.Fault.NONE;

            fixture.commands().hold("", "AAPL");

            assertThat(left).hasValueLessThan(1);
            assertThat(store.holds).singleElement().satisfies(hold -> assertThat(hold.symbol())
                    .isEqualTo(AAPL));
            fixture.commands().release("AAPL");
            assertThat(store.holds).isEmpty();
        }
    }

    @Test
    void anOperatorCancelsAnOrderOfWhomever() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "3");
        QueueCommands commands = fixture.commands();

        assertThatThrownBy(() -> commands.cancel("", false, order.toString()))
                .isInstanceOf(Failed.class)
                .hasMessage("this cancels order " + order + " of account 1, BUY 3 AAPL; add --yes to do it");
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.OPEN);

        assertThat(commands.cancel("mistaken", true, order.toString())).isEqualTo("order " + order + " is cancelled\n");

        assertThat(fixture.portfolio(1).reservedCash()).isEqualTo(Money.ZERO);
        Transaction line = fixture.history(1).get(1);
        assertThat(line.outcome()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(line.reason().code()).isEqualTo(ReasonCode.CANCELLED_BY_OPERATOR);
        assertThat(line.reason().text()).isEqualTo("An operator cancelled the order: mistaken");
        assertThat(fixture.ended).singleElement().satisfies(ended -> assertThat(ended.transaction())
                .isEqualTo(line));
        assertThatThrownBy(() -> commands.cancel("", true, order.toString()))
                .hasMessage("there is no open order " + order);
        assertThatThrownBy(() -> commands.cancel("", true, "x")).hasMessage("'x' is no order's number");
        LedgerAudit.check(store, "0", "cancelled by an operator");
    }

    @Test
    void theListSaysAtOnceWhatIsHeldAndFindsOrders() {
        OrderId apple = fixture.accepted(1, Side.BUY, AAPL, "1");
        fixture.accepted(2, Side.BUY, IBM, "1");
        fixture.commands().hold("a wrong price", "AAPL");
        QueueCommands commands = fixture.commands();

        String all = commands.list(false, "", "", "", "50");
        assertThat(all).endsWith("2 of 2 open orders\nsome are held: queue:show\n");
        assertThat(all.lines().toList()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(all.lines().filter(line -> line.contains("AAPL"))).allMatch(line -> line.endsWith("heldByOperator"));
        assertThat(all.lines().filter(line -> line.contains("IBM")))
                .allMatch(line -> line.endsWith("waitingForInterval"));
        assertThat(commands.list(false, "user1", "", "", "50")).contains("AAPL").doesNotContain("IBM");
        assertThat(commands.list(false, "", "ibm", "", "50")).contains("1 of 1 that match, of 2 open orders");
        assertThat(commands.list(false, "", "", "00000000-0000", "1")).contains("1 of 2 open orders");
        assertThat(commands.list(false, "", "", "ff", "50")).startsWith("0 of 0 that match, of 2");
        assertThat(commands.list(true, "user1", "", "", "50"))
                .startsWith("{\"open\":2,\"matching\":1,\"orders\":[\n {\"order\":" + apple + ",\"account\":1,")
                .contains("\"why\":\"heldByOperator\"", "a wrong price");
        assertThatThrownBy(() -> commands.list(false, "", "", "w1", "50"))
                .isInstanceOf(Failed.class)
                .hasMessage("'w1' is no worker's uuid, nor how one begins");
        assertThatThrownBy(() -> commands.list(false, "nobody", "", "", "50")).hasMessage("there is no user nobody");
        assertThat(commands.show(false)).containsPattern("(?m)^held +orders AAPL, since .*, reason a wrong price$");
        assertThat(commands.show(true)).contains("\"held\":[{\"orders\":\"AAPL\",\"since\":\"");
    }

    private static long fills(MemoryLedgerStore store) {
        synchronized (store) {
            return store.orders.values().stream()
                    .filter(row -> row.order().status() == OrderStatus.FILLED)
                    .count();
        }
    }
}
