package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.Period;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.AsOf;

/**
 * In the container: one who reads and buys over TCP and keeps account of what was acknowledged. Any number of threads may
 * trade at once.
 */
final class Trader implements AutoCloseable {

    private static final Symbol SYMBOL = new Symbol("AAPL");
    private static final Quantity QUANTITY = Quantity.parse("0.001");
    private static final Duration SETTLED_MAX = Duration.ofSeconds(30);
    private static final AtomicInteger TRADERS = new AtomicInteger();

    private final UserName name = new UserName("trader" + TRADERS.incrementAndGet());
    private final boolean isPatient;
    private final Line worker;
    private final Line master;
    private final Instant market;
    private final Subscriber subscriber;
    private final AtomicInteger rounds = new AtomicInteger();
    private final Set<OrderId> acknowledged = ConcurrentHashMap.newKeySet();

    private Trader(RunningPlatform platform, boolean isPatient) {
        this.isPatient = isPatient;
        int workerPort = platform.port("worker");
        int masterPort = platform.port("master");
        worker = isPatient ? Line.returning(workerPort) : Line.lasting(workerPort);
        String password = "a password of " + name;
        worker.ask(client -> client.register(name.value(), name + "@example.org", password));
        worker.ask(client -> client.login(name.value(), password, true));
        await().atMost(RunningPlatform.START_MAX)
                .ignoreExceptions()
                .until(() -> worker.ask(client -> client.quote(SYMBOL)) != null);
        // Not before it is used: who says nothing is sent away.
        master = isPatient ? Line.returning(masterPort) : Line.lasting(masterPort);
        market = worker.ask(BlockingTraderClient::serverInfo).market().time();
        subscriber = new Subscriber(workerPort, worker.ask(BlockingTraderClient::session));
    }

    /** One who wants every request answered, on connections that last, and hears of each order's end. */
    static Trader demanding(RunningPlatform platform) {
        return new Trader(platform, false);
    }

    /** One who comes back after an interruption, and then asks again, each order under the name it had. */
    static Trader patient(RunningPlatform platform) {
        return new Trader(platform, true);
    }

    /** One request of each kind; those that a cache could answer ask for something new. */
    void round() {
        int round = rounds.incrementAndGet();
        AsOf past = new AsOf.At(market.minusSeconds(round));
        // Market time goes on: a date that was to come when the trader came will have passed.
        Instant now = worker.ask(BlockingTraderClient::serverInfo).market().time();
        AsOf future = new AsOf.At(now.plus(Duration.ofDays(200)).plusSeconds(round));
        ClientOrderId id = new ClientOrderId("order-" + round);
        worker.ask(client -> client.quote(SYMBOL));
        worker.ask(client -> client.history(SYMBOL, Period.WEEK, past));
        worker.ask(client -> client.predict(SYMBOL, future));
        worker.ask(client -> acknowledged.add(client.buy(SYMBOL, QUANTITY, id).orderId()));
        assertThat(master.ask(this::workers))
                .as("workers that the master lists")
                .hasSize(1);
    }

    /** A patient one asks again while the worker is away. */
    private List<WorkerServer> workers(BlockingTraderClient client) {
        List<WorkerServer> list = client.workers();
        return list.isEmpty() && isPatient ? null : list;
    }

    /** Keeps the connection, but does not use the session. */
    void pauseFor(Duration time) {
        await().atMost(time.plus(SETTLED_MAX)).during(time).until(() -> worker.ask(BlockingTraderClient::ping) != null);
    }

    /** No order that was acknowledged is lost, and none is doubled. */
    void checkOrders() {
        await().atMost(SETTLED_MAX).untilAsserted(() -> {
            List<Order> open = worker.ask(client -> client.orders(true));
            assertThat(open).as("open yet, of %s orders", acknowledged.size()).isEmpty();
        });
        List<Order> orders = worker.ask(client -> client.orders(false));
        assertThat(orders).extracting(Order::id).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(orders).extracting(Order::status).containsOnly(OrderStatus.FILLED);
        List<Transaction> history = worker.ask(client -> client.transactions(name));
        assertThat(history)
                .filteredOn(line -> line.kind() == Transaction.Kind.BUY)
                .extracting(Transaction::order)
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    /** Nor was a connection lost, nor any notice. */
    void checkConnections() {
        assertThat(worker.isOpen()).as("the connection to the worker").isTrue();
        assertThat(master.isOpen()).as("the connection to the master").isTrue();
        assertThat(subscriber.isOpen()).as("the connection of the subscriber").isTrue();
        await().atMost(SETTLED_MAX).untilAsserted(() -> assertThat(noticedNotOnce())
                .as("orders that were noticed another number of times than once")
                .isEmpty());
    }

    private Map<OrderId, Integer> noticedNotOnce() {
        return acknowledged.stream()
                .filter(order -> subscriber.notices(order) != 1)
                .collect(Collectors.toMap(order -> order, subscriber::notices));
    }

    @Override
    public void close() {
        subscriber.close();
        worker.close();
        master.close();
    }
}
