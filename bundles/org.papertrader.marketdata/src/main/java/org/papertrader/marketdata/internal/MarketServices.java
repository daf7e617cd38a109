package org.papertrader.marketdata.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.Asset;
import org.papertrader.model.Caller;
import org.papertrader.model.Symbol;

/** The registered services; made by {@link MarketDataComponent} when the engine is loaded. */
final class MarketServices implements MarketData, Prices, MarketClock {
    private final MarketEngine engine;

    MarketServices(MarketEngine engine) {
        this.engine = engine;
    }

    @Override
    public CompletionStage<MarketReply> query(Caller caller, MarketQuery query) {
        return engine.query(caller, query);
    }

    @Override
    public CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query) {
        return engine.list(caller, query);
    }

    @Override
    public Optional<MarketStatus> status() {
        return engine.status();
    }

    @Override
    public @Nullable Asset current(Symbol symbol) {
        return engine.current(symbol);
    }

    @Override
    public boolean isKnown(Symbol symbol) {
        return engine.isKnown(symbol);
    }

    @Override
    public boolean isMarketOpen() {
        return engine.isMarketOpen();
    }

    @Override
    public Instant now() {
        return engine.now();
    }

    @Override
    public Instant at(Instant wallTime) {
        return engine.at(wallTime);
    }
}
