package org.papertrader.trading.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.metrics.api.MetricFamily;

/** All parts of trading put together. */
final class TradingHouse {
    private final LedgerReads reads;
    private final TradingEngine engine;
    private final QueuedTrading trading;
    private final QueueCommands commands;
    private final Supplier<TradingSettings> settings;

    /** @param lifecycle hears when it is loaded, and when it ended for good */
    TradingHouse(
            TradingGates gates,
            Clock wallClock,
            Supplier<TradingSettings> settings,
            TradingEngine.Lifecycle lifecycle) {
        this.settings = settings;
        CommittedViews views = new CommittedViews();
        CommittedOrders orders = new CommittedOrders();
        this.reads = new LedgerReads(gates.store());
        FirstAnswers firstAnswers = new FirstAnswers(reads, views);
        Moments moments = new Moments(wallClock, gates.marketClock(), gates.prices(), settings);
        this.engine = new TradingEngine(moments, settings, gates, views, orders, firstAnswers, lifecycle);
        Valuation valuation = new Valuation(gates.prices(), gates.marketClock());
        this.trading = new QueuedTrading(
                gates.sessions(), engine, new CommittedReads(reads, views, orders, firstAnswers, valuation), settings);
        this.commands = new QueueCommands(new QueueAdmin(engine, reads, settings, wallClock, gates.prices()));
    }

    QueuedTrading trading() {
        return trading;
    }

    List<MetricFamily> metrics() {
        return engine.metrics();
    }

    QueueCommands commands() {
        return commands;
    }

    /** Tells what is decided at this moment; stays incomplete after the end. */
    CompletableFuture<QueueStatus> inspect() {
        return inspect(QueueQuery.NONE);
    }

    /** The same, with the open orders that are asked for. */
    CompletableFuture<QueueStatus> inspect(QueueQuery query) {
        return engine.inspect(query);
    }

    /** Orders and cancels that wait for their answer. */
    int depth() {
        return engine.depth();
    }

    /** Most of them. */
    int depthMax() {
        return settings.get().queueDepthMax();
    }

    /** When the last interval was cut, wall time; null before the first. */
    @Nullable
    Instant lastCut() {
        return engine.lastCut();
    }

    /** True once another writer has taken over, or it was stopped. */
    boolean isClosed() {
        return engine.isClosed();
    }

    /** Begins to load; returns at once. */
    void start() {
        engine.start();
    }

    /** Instead of {@link #start}: another one trades, as if it had taken over. */
    void standBack() {
        engine.standBack();
    }

    /** Finds out soon whether another writer has taken over; returns at once. */
    void check() {
        engine.check();
    }

    /** Stores what was taken, within a bounded time, and ends; every stage has completed then. */
    void stop() {
        engine.stop();
        reads.stop();
    }
}
