package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.trading.internal.TradingFixture.AAPL;
import static org.papertrader.trading.internal.TradingFixture.IBM;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Price;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Side;

/** Which prices fill an order, and which let it wait. */
@Tag("MST-27")
@Tag("MST-30")
class FillPriceTest {
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
    void aPriceThatCouldBeSeenFillsNothing() {
        fixture.pass(Duration.ofSeconds(1));
        // The price's source time is the very moment of the order: it could be seen.
        fixture.price(AAPL, "100");
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(60));
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.OPEN);
        assertThat(fixture.order(1, order).reason().code()).isEqualTo(ReasonCode.WAITING_FOR_PRICE);
        // The same price repeated is not a new one.
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.OPEN);
        fixture.price(AAPL, "100");
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void anOrderAfterTheCutWaitsForTheNextInterval() {
        fixture.accepted(1, Side.BUY, AAPL, "1");
        long id = fixture.cut();
        fixture.pass(Duration.ofSeconds(1));
        OrderId late = fixture.accepted(1, Side.BUY, AAPL, "2");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.settle(id, true);
        fixture.awaitSettled();
        assertThat(fixture.order(1, late).reason().code()).isEqualTo(ReasonCode.WAITING_FOR_INTERVAL);
        fixture.interval();
        assertThat(fixture.order(1, late).status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void aClosedMarketFillsNothingAndSaysSo() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.interval(false);
        assertThat(fixture.order(1, order).reason().code()).isEqualTo(ReasonCode.MARKET_CLOSED);
        int commits = waitingRows();
        fixture.interval(false);
        assertThat(waitingRows()).as("an unchanged reason is not stored again").isEqualTo(commits);
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void anOldPriceFillsNothing() {
        fixture.settings =
                TradingFixture.with(Money.ZERO, 5, 10, 100, Duration.ofMinutes(10), 5_000, Duration.ofSeconds(8));
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.pass(Duration.ofSeconds(1));
        fixture.refresh();
        fixture.pass(Duration.ofMinutes(11));
        fixture.interval();
        assertThat(fixture.order(1, order).reason().code()).isEqualTo(ReasonCode.WAITING_FOR_PRICE);
        fixture.settings = TradingFixture.settings();
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void aPriceOfTheFutureFillsNothing() {
        OrderId order = fixture.accepted(1, Side.BUY, AAPL, "10");
        fixture.price(AAPL, Price.parse("1"), fixture.marketNow().plusSeconds(60));
        fixture.interval();
        assertThat(fixture.order(1, order).status()).isEqualTo(OrderStatus.OPEN);
    }

    private int waitingRows() {
        return store.log.stream().mapToInt(batch -> batch.waiting().size()).sum();
    }
}
