package org.papertrader.marketdata.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;

/** The current values in memory (MST-25), for the master's own use. Thread-safe, never blocks. */
@ProviderType
public interface Prices {
    /** The latest value, or null when there is none. */
    @Nullable
    Asset current(Symbol symbol);

    /** True when some source lists the symbol or a value of it is stored. */
    boolean isKnown(Symbol symbol);

    /** False while the market is closed. */
    boolean isMarketOpen();
}
