package org.papertrader.master.internal;

import org.papertrader.accounts.api.Accounts;
import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.protocol.api.PayloadCodec;
import org.papertrader.sessions.api.PresenceListener;
import org.papertrader.sessions.api.Sessions;
import org.papertrader.trading.api.Trading;
import org.papertrader.trading.api.TradingTerms;
import org.papertrader.workers.api.Workers;

/** The gates to the master's modules (MST-1). */
record Modules(
        Gate<Accounts> accounts,
        Gate<Sessions> sessions,
        Gate<PresenceListener> presence,
        Gate<Trading> trading,
        Gate<TradingTerms> terms,
        Gate<MarketData> marketData,
        Gate<Workers> workers,
        Gate<PayloadCodec> codec) {
    Modules() {
        this(
                new Gate<>("accounts"),
                new Gate<>("sessions"),
                new Gate<>("presence"),
                new Gate<>("trading"),
                new Gate<>("terms of trading"),
                new Gate<>("market data"),
                new Gate<>("worker management"),
                new Gate<>("protocol"));
    }
}
