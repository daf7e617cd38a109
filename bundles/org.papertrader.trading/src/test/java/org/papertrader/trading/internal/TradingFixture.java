package org.papertrader.trading.internal;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.papertrader.gate.Failures;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Caller;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Money;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Side;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.Volume;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.CancelOutcome;
import org.papertrader.trading.api.OrderListener;
import org.papertrader.trading.api.OrderListener.EndedOrder;
import org.papertrader.trading.api.OrderOutcome;
import org.papertrader.trading.api.OrderTicket;
import org.papertrader.trading.api.OrdersOutcome;
import org.papertrader.trading.api.PortfolioOutcome;
import org.papertrader.trading.api.TransactionsOutcome;

/** Trading over given stores, with clocks and prices in the test's hand. Session n belongs to account n. */
final class TradingFixture implements AutoCloseable {
    static final UUID WORKER = new UUID(0, 1);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Symbol AAPL = new Symbol("AAPL");
    static final Symbol IBM = new Symbol("IBM");

    final Map<Symbol, Asset> prices = new ConcurrentHashMap<>();
    final List<EndedOrder> ended = new CopyOnWriteArrayList<>();
    final TestClock wall = new TestClock(Instant.parse("2026-03-02T10:00:00Z"));
    final AtomicLong marketMillis =
            new AtomicLong(Instant.parse("2015-06-01T10:00:00Z").toEpochMilli());
    final AtomicLong sequence = new AtomicLong();
    final TradingGates gates = new TradingGates();
    final CountDownLatch ready = new CountDownLatch(1);
    final CountDownLatch gone = new CountDownLatch(1);
    final MarketClock marketClock = new ManualMarketClock();
    final Prices currentPrices = new CurrentPrices();
    volatile TradingSettings settings = settings();
    private final TradingHouse house;
    private long interval;

    TradingFixture(LedgerStore store) {
        gates.store().bind(store, Map.of());
        gates.sessions().bind(new NumberedSessions(), Map.of());
        gates.prices().bind(currentPrices, Map.of());
        gates.marketClock().bind(marketClock, Map.of());
        gates.listeners().bind((OrderListener) ended::addAll, Map.of());
        house = new TradingHouse(gates, wall, () -> settings, new TradingEngine.Lifecycle() {
            @Override
            public void ready() {
                ready.countDown();
            }

            @Override
            public void gone() {
                gone.countDown();
            }
        });
        house.start();
    }

    static TradingSettings settings() {
        return new TradingSettings(
                Money.parse("100000"),
                "USD",
                5,
                Money.ZERO,
                Duration.ofDays(7),
                1_000,
                100_000,
                Duration.ofSeconds(10),
                5_000,
                Duration.ofSeconds(8));
    }

    static TradingSettings withFee(String fee) {
        return with(Money.parse(fee), 5, 1_000, 100_000, Duration.ofDays(7), 5_000, Duration.ofSeconds(8));
    }

    static TradingSettings with(
            Money fee,
            int margin,
            int openOrdersMax,
            int queueDepthMax,
            Duration priceAgeMax,
            int slice,
            Duration patience) {
        return new TradingSettings(
                Money.parse("100000"),
                "USD",
                margin,
                fee,
                priceAgeMax,
                openOrdersMax,
                queueDepthMax,
                Duration.ofSeconds(10),
                slice,
                patience);
    }

    TradingFixture awaitReady() {
        try {
            if (!ready.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not loaded in time");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    QueuedTrading trading() {
        return house.trading();
    }

    List<MetricFamily> metrics() {
        return house.metrics();
    }

    TradingHouse house() {
        return house;
    }

    QueueCommands commands() {
        return house.commands();
    }

    void price(Symbol symbol, String price) {
        price(symbol, Price.parse(price), marketNow());
    }

    void price(Symbol symbol, Price price, Instant sourceTime) {
        prices.put(
                symbol,
                new Asset(
                        symbol,
                        new Bar(sourceTime.minusSeconds(60), sourceTime, price, price, price, price, Volume.ZERO),
                        "replay"));
    }

    Instant marketNow() {
        return Instant.ofEpochMilli(marketMillis.get());
    }

    /** Both clocks go on. */
    void pass(Duration time) {
        wall.now = wall.now.plus(time);
        marketMillis.addAndGet(time.toMillis());
    }

    Caller caller(long account) {
        return caller(account, WORKER, sequence.incrementAndGet());
    }

    Caller caller(long account, UUID worker, long number) {
        return new Caller(session(account), InetAddress.getLoopbackAddress(), worker, number, wall.now);
    }

    static SessionId session(long account) {
        return SessionId.of(
                ByteBuffer.allocate(SessionId.LENGTH).putLong(24, account).array());
    }

    static OrderTicket ticket(Side side, Symbol symbol, String quantity) {
        return new OrderTicket(side, symbol, Quantity.parse(quantity), null);
    }

    static OrderTicket ticket(Side side, Symbol symbol, String quantity, String clientOrderId) {
        return new OrderTicket(side, symbol, Quantity.parse(quantity), new ClientOrderId(clientOrderId));
    }

    OrderOutcome submit(long account, Side side, Symbol symbol, String quantity) {
        return get(trading().submit(caller(account), ticket(side, symbol, quantity)));
    }

    OrderId accepted(long account, Side side, Symbol symbol, String quantity) {
        OrderOutcome outcome = submit(account, side, symbol, quantity);
        if (outcome instanceof OrderOutcome.Accepted accepted) {
            return accepted.order();
        }
        throw new AssertionError("not accepted: " + outcome);
    }

    ReasonCode refused(long account, Side side, Symbol symbol, String quantity) {
        OrderOutcome outcome = submit(account, side, symbol, quantity);
        if (outcome instanceof OrderOutcome.Refused refused) {
            return refused.refusal().code();
        }
        throw new AssertionError("not refused: " + outcome);
    }

    CancelOutcome cancel(long account, OrderId order) {
        return get(trading().cancel(caller(account), order));
    }

    /** One interval: cut, the clocks go on, new prices come where the test set them, settle. Returns when it is done. */
    void interval() {
        interval(true);
    }

    void interval(boolean open) {
        long id = cut();
        settle(id, open);
        awaitSettled();
    }

    long cut() {
        long id = ++interval;
        trading().cut(id);
        // Behind the cut in the writer's mailbox: it is done when this is answered.
        get(house.inspect());
        return id;
    }

    void settle(long id, boolean open) {
        trading().settle(id, new HashMap<>(prices), open);
    }

    /** Every price is new at its value. */
    void refresh() {
        prices.values().forEach(asset -> price(asset.symbol(), asset.bar().close(), marketNow()));
    }

    /** Returns when nothing settles and nothing waits for its commit. */
    void awaitSettled() {
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    QueueStatus status = get(house.inspect());
                    return status.idle() && status.phase().equals("RUNNING");
                });
    }

    Portfolio portfolio(long account) {
        PortfolioOutcome outcome =
                get(trading().portfolio(caller(account), MemoryLedgerStore.NAMES.apply(new AccountId(account))));
        return ((PortfolioOutcome.Own) outcome).portfolio();
    }

    List<Transaction> history(long account) {
        TransactionsOutcome outcome =
                get(trading().transactions(caller(account), MemoryLedgerStore.NAMES.apply(new AccountId(account)), 0));
        return ((TransactionsOutcome.Page) outcome).transactions();
    }

    List<Order> orders(long account) {
        return ((OrdersOutcome.Page) get(trading().orders(caller(account), false, null))).orders();
    }

    Order order(long account, OrderId id) {
        return orders(account).stream()
                .filter(order -> order.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        } catch (java.util.concurrent.ExecutionException e) {
            Throwable cause = Failures.unwrap(e);
            if (cause instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(cause);
        }
    }

    @Override
    public void close() {
        house.stop();
    }

    /** A wall clock that stands until told. */
    static final class TestClock extends Clock {
        volatile Instant now;

        TestClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final class ManualMarketClock implements MarketClock {
        @Override
        public Instant now() {
            return marketNow();
        }

        @Override
        public Instant at(Instant wallTime) {
            return marketNow();
        }
    }

    private final class CurrentPrices implements Prices {
        @Override
        public Asset current(Symbol symbol) {
            return prices.get(symbol);
        }

        @Override
        public boolean isKnown(Symbol symbol) {
            return prices.containsKey(symbol) || symbol.value().equals("NOPRICE");
        }

        @Override
        public boolean isMarketOpen() {
            return true;
        }
    }

    private static final class NumberedSessions implements Sessions {
        @Override
        public CompletionStage<SessionCheck> check(Caller caller) {
            long account = ByteBuffer.wrap(caller.session().toBytes()).getLong(24);
            return CompletableFuture.completedFuture(
                    account < 1
                            ? new SessionCheck.Inactive(Refusal.of(ReasonCode.NO_SESSION))
                            : new SessionCheck.Active(new Session(
                                    new AccountId(account),
                                    MemoryLedgerStore.NAMES.apply(new AccountId(account)),
                                    Instant.MAX,
                                    false,
                                    caller.clientAddress())));
        }
    }
}
