package org.papertrader.marketdata.api;

import org.jspecify.annotations.Nullable;
import org.papertrader.model.Symbol;

/**
 * Asks for assets, at most 1,000 at once.
 *
 * @param prefix what the symbol begins with; empty for all
 * @param after only symbols after this one, for the next page; null for the first
 */
public record AssetListQuery(String prefix, @Nullable Symbol after) {
    /** Most assets of one reply. */
    public static final int PAGE_MAX = 1_000;
}
