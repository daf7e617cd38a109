package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.Payload;

/** Cash and positions, recomputed from the history alone, agree with the portfolio to the last digit. */
class MoneyTest {
    private static final List<Symbol> SYMBOLS =
            List.of(new Symbol("AAPL"), new Symbol("GOOGL"), new Symbol("TSLA"), new Symbol("COKE"));
    private static final int TRADERS = 4;
    private static final int ORDERS_EACH = 500;

    @TempDir
    private Path folder;

    @Test
    @Tag("MST-27")
    @Tag("MST-28")
    @Tag("MST-29")
    void moneyIsConservedOverThousandsOfRandomOrders() throws Exception {
        long seed = System.nanoTime();
        try (Installation installation = Installation.start(folder, 200)) {
            for (int i = 0; i < TRADERS; i++) {
                String name = "trader" + i;
                try (BlockingTraderClient client = installation.trader(name)) {
                    trade(client, new Random(seed + i));
                    check(client, new UserName(name), "seed " + (seed + i));
                }
            }
        }
    }

    private static void trade(BlockingTraderClient client, Random random) {
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (int i = 0; i < ORDERS_EACH; i++) {
            Symbol symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
            Quantity quantity = new Quantity(1 + random.nextInt(300_000_000));
            CompletableFuture<?> answer = random.nextInt(3) > 0
                    ? client.async().buy(symbol, quantity, null)
                    : client.async().sell(symbol, quantity, null);
            answers.add(answer.handle((done, refused) -> done));
            if (i % 50 == 49) {
                answers.forEach(CompletableFuture::join);
                awaitFills(client);
            }
        }
    }

    /** Only what has been bought can be sold: without this all sales would be refused. */
    private static void awaitFills(BlockingTraderClient client) {
        await().atMost(Duration.ofSeconds(60)).until(() -> client.orders(true).isEmpty());
    }

    private static void check(BlockingTraderClient client, UserName name, String seed) {
        Portfolio portfolio = ((Payload.OwnPortfolio) client.portfolio(name)).portfolio();
        List<Transaction> history = client.transactions(name);
        BigDecimal cash = BigDecimal.ZERO;
        Map<Symbol, BigDecimal> units = new TreeMap<>();
        for (Transaction line : history) {
            cash = cash.add(line.cashEffect().toBigDecimal());
            if (line.outcome() == OrderStatus.FILLED && line.symbol() != null) {
                BigDecimal sign = line.kind() == Transaction.Kind.BUY ? BigDecimal.ONE : BigDecimal.ONE.negate();
                BigDecimal quantity = line.quantity().toBigDecimal();
                assertThat(line.cashEffect().toBigDecimal())
                        .as(seed)
                        .isEqualByComparingTo(line.price()
                                .toBigDecimal()
                                .multiply(quantity)
                                .setScale(4, RoundingMode.HALF_EVEN)
                                .multiply(sign.negate()));
                units.merge(line.symbol(), quantity.multiply(sign), BigDecimal::add);
            }
            assertThat(cash.signum()).as(seed).isNotNegative();
        }
        assertThat(history).as(seed).hasSizeGreaterThan(ORDERS_EACH / 2);
        assertThat(portfolio.cash().toBigDecimal()).as(seed).isEqualByComparingTo(cash);
        assertThat(portfolio.reservedCash().mantissa()).as(seed).isZero();
        Map<Symbol, BigDecimal> held = new TreeMap<>();
        for (Position position : portfolio.positions()) {
            held.put(position.symbol(), position.quantity().toBigDecimal().setScale(8));
        }
        units.replaceAll((symbol, quantity) -> quantity.setScale(8));
        assertThat(held).as(seed).containsExactlyInAnyOrderEntriesOf(units);
    }
}
