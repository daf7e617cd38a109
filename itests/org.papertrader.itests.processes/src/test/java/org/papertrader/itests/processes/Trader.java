package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.RefusedException;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.Return;

/** Reads and buys, many orders at a time, until it is stopped; keeps what was acknowledged. */
final class Trader implements AutoCloseable {
    private static final Duration MOVE_LIMIT = Duration.ofSeconds(60);
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final int BATCH = 20;

    private final UserName name;
    private final BlockingTraderClient client;
    private final Queue<OrderId> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final Queue<ClientOptions.Moved> moves = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::trade);

    Trader(String name, WorkerSource source, ClientOptions options) {
        this.name = new UserName(name);
        this.client = BlockingTraderClient.connect(source, options.withMoves(moves::add));
    }

    /** Makes its account, logs in and begins. */
    void start() {
        client.register(name.value(), name + "@example.org", "a password of " + name);
        client.login(name.value(), "a password of " + name, true);
        thread.start();
    }

    /** Each of them is there, and has traded there. */
    static void awaitTradesAt(WorkerServer worker, List<Trader> traders) {
        await().atMost(MOVE_LIMIT).untilAsserted(() -> assertThat(traders)
                .allSatisfy(trader -> assertThat(trader.client.async().server().port())
                        .as(trader.failures::toString)
                        .isEqualTo(worker.port())));
        List<Integer> before =
                traders.stream().map(trader -> trader.accepted.size()).toList();
        for (int i = 0; i < traders.size(); i++) {
            Trader trader = traders.get(i);
            int seen = before.get(i);
            await().atMost(MOVE_LIMIT)
                    .until(() -> trader.accepted.size() > seen + 2 * BATCH || !trader.failures.isEmpty());
            assertThat(trader.failures).isEmpty();
        }
    }

    /** Where it went so far, and why. */
    List<ClientOptions.Moved> moves() {
        return List.copyOf(moves);
    }

    int acknowledged() {
        return accepted.size();
    }

    private void trade() {
        try {
            while (stop.getCount() > 0) {
                client.quote(AAPL);
                List<CompletableFuture<Return.PurchaseSuccess>> batch = Stream.generate(
                                () -> client.async().buy(AAPL, Quantity.parse("0.001"), null))
                        .limit(BATCH)
                        .toList();
                batch.forEach(order -> accepted.add(order.join().orderId()));
            }
        } catch (RuntimeException e) {
            // Whatever it is: no request may fail.
            failures.add(e);
        }
    }

    void stop() throws InterruptedException {
        stop.countDown();
        thread.join();
    }

    /** Whatever was acknowledged is there, was done once, and nothing else was. */
    void check() {
        assertThat(failures).isEmpty();
        await().atMost(Cluster.START_LIMIT)
                .ignoreExceptionsInstanceOf(RefusedException.class)
                .until(() -> client.orders(true).isEmpty());
        await().atMost(Cluster.START_LIMIT)
                .ignoreExceptionsInstanceOf(RefusedException.class)
                .untilAsserted(this::checkOrders);
    }

    /** What it has in cash is what its history leaves of what it was given. */
    void checkMoney() {
        Portfolio portfolio = ((Payload.OwnPortfolio) client.portfolio(name)).portfolio();
        BigDecimal cash = client.transactions(name).stream()
                .map(line -> line.cashEffect().toBigDecimal())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(portfolio.cash().toBigDecimal()).isEqualByComparingTo(cash);
        assertThat(portfolio.reservedCash().mantissa()).isZero();
    }

    private void checkOrders() {
        List<Order> orders = client.orders(false);
        assertThat(sorted(orders.stream().map(Order::id)))
                .as("each acknowledged order is there, and no other")
                .isEqualTo(sorted(accepted.stream()));
        assertThat(orders.stream().map(Order::status).collect(Collectors.toSet()))
                .as("each has come to its end")
                .containsExactly(OrderStatus.FILLED);
        assertThat(sorted(client.transactions(name).stream()
                        .filter(line -> line.kind() == Transaction.Kind.BUY)
                        .filter(line -> line.outcome() == OrderStatus.FILLED)
                        .map(Transaction::order)))
                .as("and went through once")
                .isEqualTo(sorted(accepted.stream()));
    }

    /** In a long run there are too many to look each up in a list. */
    private static List<OrderId> sorted(Stream<OrderId> orders) {
        return orders.sorted().toList();
    }

    @Override
    public void close() {
        stop.countDown();
        client.close();
    }
}
