package org.papertrader.trading.internal;

import org.papertrader.gate.Gate;
import org.papertrader.gate.Listeners;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.trading.api.OrderListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that trading uses and that may be exchanged while it runs. */
record TradingGates(
        Gate<Sessions> sessions,
        Gate<LedgerStore> store,
        Gate<Prices> prices,
        Gate<MarketClock> marketClock,
        Listeners<OrderListener> listeners) {
    /** Groups of ended orders that wait for a listener, while the one there was is being swapped. */
    private static final int UNTOLD_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(TradingGates.class);

    TradingGates() {
        this(
                new Gate<>("sessions"),
                new Gate<>("storage"),
                new Gate<>("marketData"),
                new Gate<>("marketClock"),
                new Listeners<>("orderListeners", UNTOLD_MAX, e -> LOG.warn("A listener of ended orders failed", e)));
    }
}
