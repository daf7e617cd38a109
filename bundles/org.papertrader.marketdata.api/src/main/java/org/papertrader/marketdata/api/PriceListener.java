package org.papertrader.marketdata.api;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Asset;

/** Hears of new prices after each interval, to push them to workers. Returns at once. */
@ProviderType
public interface PriceListener {
    /**
     * New values were retrieved.
     *
     * @param changed the assets whose values changed, immutable
     * @param status the market, with the time of the next interval
     */
    void prices(List<Asset> changed, MarketStatus status);
}
