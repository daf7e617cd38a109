package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;

/** Cash and positions, recomputed from the history alone, agree with the portfolio to the last digit. */
class MoneyTest {
    private static final List<Symbol> SYMBOLS =
            List.of(new Symbol("AAPL"), new Symbol("GOOGL"), new Symbol("TSLA"), new Symbol("COKE"));
    private static final int TRADERS = 4;
    private static final int ORDERS_EACH = 500;
    /** A day takes two intervals: the prices, of two years, last for five minutes. */
    private static final String SLOWER = "org.papertrader.marketdata:acceleration=216000";

    @TempDir
    private Path folder;

    @Test
    @Tag("MST-27")
    @Tag("MST-28")
    @Tag("MST-29")
    void moneyIsConservedOverThousandsOfRandomOrders() throws Exception {
        long seed = System.nanoTime();
        try (Installation installation = Installation.start(folder, 200, SLOWER)) {
            for (int i = 0; i < TRADERS; i++) {
                String name = "trader" + i;
                try (BlockingTraderClient client = installation.trader(name)) {
                    trade(client, new Random(seed + i));
                    String told = "seed " + (seed + i);
                    assertThat(AccountBooks.check(client, new UserName(name), told))
                            .as(told)
                            .hasSizeGreaterThan(ORDERS_EACH / 2);
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
}
