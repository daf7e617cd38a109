package org.papertrader.marketdata.api;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;

/**
 * Takes part in every update interval (MST-30): {@link #cut} is called before prices are asked for, {@link #settle}
 * with what came. Nobody therefore ever trades on a price that could already be seen. Both return at once; the work is
 * done on a thread of the participant's. Calls come from one thread, in order, a {@code settle} for each {@code cut};
 * a participant that is bound in between sees {@code settle} without its {@code cut} and ignores it.
 */
@ProviderType
public interface IntervalParticipant {
    /** An interval begins: what was accepted until now belongs to it. */
    void cut(long intervalId);

    /**
     * The prices of the interval.
     *
     * @param intervalId that of the {@code cut}
     * @param prices the latest value of every asset, immutable; a repeated one has an unchanged source time
     *     ({@code bar().end()})
     * @param marketOpen false when the market is closed
     */
    void settle(long intervalId, Map<Symbol, Asset> prices, boolean marketOpen);
}
