package org.papertrader.trading.internal;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** All parts of trading put together. */
final class TradingHouse {
    private final LedgerReads reads;
    private final TradingEngine engine;
    private final QueuedTrading trading;
    private final QueueCommands commands;

    /** @param lifecycle hears when it is loaded, and when it ended for good */
    TradingHouse(
            TradingGates gates,
            Clock wallClock,
            Supplier<TradingSettings> settings,
            TradingEngine.Lifecycle lifecycle) {
        CommittedViews views = new CommittedViews();
        CommittedOrders orders = new CommittedOrders();
        this.reads = new LedgerReads(gates.store());
        FirstAnswers firstAnswers = new FirstAnswers(reads, views);
        Moments moments = new Moments(wallClock, gates.marketClock(), gates.prices(), settings);
        this.engine = new TradingEngine(moments, settings, gates, views, orders, firstAnswers, lifecycle);
        Valuation valuation = new Valuation(gates.prices(), gates.marketClock());
        this.trading = new QueuedTrading(
                gates.sessions(), engine, new CommittedReads(reads, views, orders, firstAnswers, valuation), settings);
        this.commands = new QueueCommands(new QueueAdmin(engine, reads, settings, wallClock));
    }

    QueuedTrading trading() {
        return trading;
    }

    QueueCommands commands() {
        return commands;
    }

    /** Tells what is decided at this moment; stays incomplete after the end. */
    CompletableFuture<QueueStatus> inspect() {
        return engine.inspect(QueueQuery.NONE);
    }

    /** Begins to load; returns at once. */
    void start() {
        engine.start();
    }

    /** Stores what was taken, within a bounded time, and ends; every stage has completed then. */
    void stop() {
        engine.stop();
        reads.stop();
    }
}
