package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.Period;
import org.papertrader.client.RefusedException;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.protocol.api.AsOf;

/** One who stays connected: reads what is cached and what is not, buys, sells and cancels, and keeps what was acknowledged. */
final class SwapTrader implements SwapLoad.SwapClient {
    private static final List<Symbol> SYMBOLS =
            List.of(new Symbol("AAPL"), new Symbol("GOOGL"), new Symbol("TSLA"), new Symbol("COKE"));
    private static final Quantity BOUGHT = Quantity.parse("0.001");
    private static final Quantity SOLD = Quantity.parse("0.0004");
    private static final Duration PAUSE = Duration.ofMillis(30);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration AHEAD = Duration.ofDays(200);
    private static final int SELL_EVERY = 4;
    private static final int CANCEL_EVERY = 3;
    private static final int CACHED_READS = 4;

    private final UserName name;
    private final SwapLoad load;
    private final BlockingTraderClient client;
    private final Instant market;
    private final Set<OrderId> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<OrderId> cancelled = ConcurrentHashMap.newKeySet();
    private volatile long rounds;

    /** Makes its account and logs in. */
    SwapTrader(String name, SwapLoad load) {
        this.name = new UserName(name);
        this.load = load;
        this.client = BlockingTraderClient.connect(load.source, load.options);
        String password = "a password of " + name;
        load.register(client, name, password);
        load.ask(() -> client.login(name, password, true));
        await().atMost(LIMIT)
                .ignoreExceptionsInstanceOf(RefusedException.class)
                .until(() -> client.quote(SYMBOLS.get(0)) != null);
        market = client.serverInfo().market().time();
    }

    @Override
    public void round() throws InterruptedException {
        long round = rounds;
        Symbol symbol = SYMBOLS.get((int) (round % SYMBOLS.size()));
        for (int i = 0; i < CACHED_READS; i++) {
            ask(reader -> reader.quote(symbol));
        }
        load.pause(PAUSE);
        AsOf past = new AsOf.At(market.minusSeconds(round * SYMBOLS.size() + name.hashCode() % SYMBOLS.size()));
        ask(reader -> reader.history(symbol, Period.YEAR, past));
        // Market time goes on: a date that was to come when the trader came will have passed.
        Instant now = ask(BlockingTraderClient::serverInfo).market().time();
        AsOf future = new AsOf.At(now.plus(AHEAD).plusSeconds(round));
        ask(reader -> reader.predict(symbol, future));
        load.pause(PAUSE);
        ClientOrderId id = new ClientOrderId("buy-" + round);
        OrderId bought = ask(buyer -> buyer.buy(symbol, BOUGHT, id)).orderId();
        acknowledged.add(bought);
        ask(reader -> reader.orders(true));
        if (round % CANCEL_EVERY == 0) {
            cancel(bought);
        }
        if (round % SELL_EVERY == 0) {
            sell(symbol, new ClientOrderId("sell-" + round));
        }
        load.pause(PAUSE);
        ask(reader -> reader.portfolio(name));
        ask(reader -> reader.info(symbol));
        rounds = round + 1;
    }

    private void cancel(OrderId order) {
        boolean done = ask(seller -> unless(ReasonCode.ORDER_NOT_OPEN, () -> seller.cancel(order)));
        if (done) {
            cancelled.add(order);
        }
    }

    private void sell(Symbol symbol, ClientOrderId id) {
        ask(seller -> unless(
                ReasonCode.INSUFFICIENT_POSITION,
                () -> acknowledged.add(seller.sell(symbol, SOLD, id).orderId())));
    }

    /** Whether it was done, when only one refusal is one that may be. */
    private static boolean unless(ReasonCode expected, Runnable request) {
        try {
            request.run();
            return true;
        } catch (RefusedException e) {
            if (e.refusal().code() == expected) {
                return false;
            }
            throw e;
        }
    }

    private <R> R ask(Function<BlockingTraderClient, R> request) {
        return load.ask(() -> request.apply(client));
    }

    @Override
    public long rounds() {
        return rounds;
    }

    @Override
    public void check() {
        await().atMost(LIMIT).ignoreExceptionsInstanceOf(RefusedException.class).until(() -> client.orders(true)
                .isEmpty());
        List<Order> orders = client.orders(false);
        assertThat(orders)
                .as("each acknowledged order of %s is there once, and no other", name)
                .extracting(Order::id)
                .containsExactlyInAnyOrderElementsOf(acknowledged);
        Map<OrderStatus, Set<OrderId>> ended = orders.stream()
                .collect(Collectors.groupingBy(Order::status, Collectors.mapping(Order::id, Collectors.toSet())));
        assertThat(ended.keySet()).isSubsetOf(OrderStatus.FILLED, OrderStatus.CANCELLED);
        assertThat(ended.getOrDefault(OrderStatus.CANCELLED, Set.of())).containsAll(cancelled);
        assertThat(AccountBooks.check(client, name, name.value()))
                .filteredOn(line -> line.order() != null && line.outcome() == OrderStatus.FILLED)
                .as("what went through for %s, each once", name)
                .extracting(Transaction::order)
                .containsExactlyInAnyOrderElementsOf(ended.getOrDefault(OrderStatus.FILLED, Set.of()));
    }

    @Override
    public void close() {
        client.close();
    }
}
