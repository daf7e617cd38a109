package org.papertrader.trading.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.model.Asset;
import org.papertrader.model.Money;
import org.papertrader.model.Portfolio;
import org.papertrader.model.Position;
import org.papertrader.model.Price;
import org.papertrader.model.UserName;

/** Values what is committed at the current prices (DS-4). Thread-safe, never blocks. */
final class Valuation {
    private final Gate<Prices> prices;
    private final Gate<MarketClock> marketClock;

    Valuation(Gate<Prices> prices, Gate<MarketClock> marketClock) {
        this.prices = prices;
        this.marketClock = marketClock;
    }

    Portfolio value(UserName owner, AccountView view) {
        Instant asOf = marketClock.call(MarketClock::now);
        List<Position> positions = prices.call(current -> {
            List<Position> valued = new ArrayList<>(view.units().size());
            for (HeldUnits units : view.units()) {
                valued.add(position(units, current.current(units.symbol())));
            }
            return valued;
        });
        return new Portfolio(owner, view.cash(), view.reserved(), view.version(), positions, asOf);
    }

    private static Position position(HeldUnits units, @Nullable Asset asset) {
        Price price = asset == null ? null : asset.bar().close();
        return new Position(
                units.symbol(),
                units.quantity(),
                units.reserved(),
                units.costBasis(),
                units.realised(),
                price,
                price == null ? Money.ZERO : price.times(units.quantity()));
    }
}
