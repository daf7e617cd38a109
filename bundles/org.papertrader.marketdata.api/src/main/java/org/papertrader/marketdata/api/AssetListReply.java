package org.papertrader.marketdata.api;

import java.util.List;
import org.papertrader.model.AssetInfo;

/**
 * Assets in order of symbol.
 *
 * @param assets the page
 * @param more true when there are more after the last
 * @param freshness how long the reply may be kept
 */
public record AssetListReply(List<AssetInfo> assets, boolean more, Freshness freshness) {
    public AssetListReply {
        assets = List.copyOf(assets);
    }
}
