package org.papertrader.trading.internal;

import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.OrderListener;

/** All that trading uses and that may be exchanged while it runs. */
record TradingGates(
        Gate<Sessions> sessions,
        Gate<LedgerStore> store,
        Gate<Prices> prices,
        Gate<MarketClock> marketClock,
        Gate<OrderListener> listeners) {
    TradingGates() {
        this(
                new Gate<>("sessions"),
                new Gate<>("storage"),
                new Gate<>("marketData"),
                new Gate<>("marketClock"),
                new Gate<>("orderListeners"));
    }
}
