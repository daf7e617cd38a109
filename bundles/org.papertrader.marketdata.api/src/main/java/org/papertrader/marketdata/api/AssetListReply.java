package org.papertrader.marketdata.api;

import java.util.List;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Refusal;

/** The answer to an {@link AssetListQuery}. */
public sealed interface AssetListReply {
    /**
     * Assets in order of symbol.
     *
     * @param assets the page
     * @param more true when there are more after the last
     * @param freshness how long the reply may be kept
     */
    record Page(List<AssetInfo> assets, boolean more, Freshness freshness) implements AssetListReply {
        public Page {
            assets = List.copyOf(assets);
        }
    }

    /** No answer, and why: masterUnavailable, noSession. */
    record Refused(Refusal refusal) implements AssetListReply {}
}
