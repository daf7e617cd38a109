package org.papertrader.trading.internal;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.AccountId;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Caller;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.Symbol;
import org.papertrader.model.UserName;
import org.papertrader.model.Volume;
import org.papertrader.sessions.api.SessionCheck;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.OrderListener;
import org.papertrader.trading.api.Trading;

/**
 * The real trading on a real store, without a framework: sessions that everybody has, and prices and a market clock
 * that the measurement sets. It is in this package because trading's own parts are not public.
 */
public final class TradingRig implements AutoCloseable {
    private static final int OPEN_ORDERS_MAX = 1_000_000;
    private static final int SLICE_ORDERS = 5_000;
    private static final Instant EXPIRES = Instant.parse("2999-01-01T00:00:00Z");
    private static final UUID WORKER = new UUID(1, 1);

    private final TradingHouse house;
    private final Map<Symbol, Asset> prices = new HashMap<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private volatile Instant market = Instant.parse("2016-03-01T15:00:00Z");
    private long sequence;

    /** @param listener hears of every ended order, after it is on disk */
    public TradingRig(LedgerStore store, int queueDepthMax, OrderListener listener) {
        TradingSettings settings = new TradingSettings(
                Money.parse("1000000"),
                "USD",
                5,
                Money.parse("0"),
                Duration.ofDays(7),
                OPEN_ORDERS_MAX,
                queueDepthMax,
                Duration.ofSeconds(10),
                SLICE_ORDERS,
                Duration.ofSeconds(60));
        TradingGates gates = new TradingGates();
        gates.sessions().bind(new EverybodysSessions(), Map.of());
        gates.store().bind(store, Map.of());
        gates.prices().bind(new SetPrices(), Map.of());
        gates.marketClock().bind(new SetClock(), Map.of());
        gates.listeners().bind(listener, Map.of());
        this.house = new TradingHouse(gates, Clock.systemUTC(), () -> settings, new TradingEngine.Lifecycle() {
            @Override
            public void ready() {
                ready.complete(true);
            }

            @Override
            public void gone() {
                ready.completeExceptionally(new IllegalStateException("another writer took over"));
            }
        });
    }

    /** Starts, and waits until everything is loaded. */
    public void start() throws InterruptedException, TimeoutException {
        house.start();
        try {
            ready.get(1, TimeUnit.MINUTES);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Where orders go. */
    public Trading trading() {
        return house.trading();
    }

    /** What drives intervals. */
    public IntervalParticipant intervals() {
        return house.trading();
    }

    /** A caller with a session of this account, with the next number; one thread only. */
    public Caller caller(AccountId account) {
        byte[] id = new byte[SessionId.LENGTH];
        ByteBuffer.wrap(id).putLong(account.value());
        sequence++;
        return new Caller(SessionId.of(id), InetAddress.getLoopbackAddress(), WORKER, sequence, Instant.now());
    }

    /** Moves the market clock on and gives every symbol a value that ends then. */
    public Map<Symbol, Asset> newPrices(List<Symbol> symbols, Duration step) {
        Instant end = market.plus(step);
        Map<Symbol, Asset> next = new HashMap<>();
        for (Symbol symbol : symbols) {
            Price price = Price.parse(100 + Math.floorMod(symbol.hashCode(), 100) + ".25");
            Bar bar = new Bar(end.minus(step), end, price, price, price, price, new Volume(1_000, 0));
            next.put(symbol, new Asset(symbol, bar, "bench"));
        }
        synchronized (prices) {
            prices.putAll(next);
        }
        market = end;
        return Map.copyOf(next);
    }

    @Override
    public void close() {
        house.stop();
    }

    private static final class EverybodysSessions implements Sessions {
        @Override
        public CompletionStage<SessionCheck> check(Caller caller) {
            long account = ByteBuffer.wrap(caller.session().toBytes()).getLong();
            return CompletableFuture.completedFuture(new SessionCheck.Active(new Session(
                    new AccountId(account), new UserName("user" + account), EXPIRES, false, caller.clientAddress())));
        }
    }

    private final class SetPrices implements Prices {
        @Override
        public @Nullable Asset current(Symbol symbol) {
            synchronized (prices) {
                return prices.get(symbol);
            }
        }

        @Override
        public boolean isKnown(Symbol symbol) {
            return current(symbol) != null;
        }

        @Override
        public boolean isMarketOpen() {
            return true;
        }
    }

    private final class SetClock implements MarketClock {
        @Override
        public Instant now() {
            return market;
        }

        @Override
        public Instant at(Instant wallTime) {
            return market;
        }
    }
}
