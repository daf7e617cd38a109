package org.papertrader.assets.api;

import org.papertrader.model.Symbol;

/**
 * An asset that a source lists.
 *
 * @param symbol the ticker in PaperTrader's form
 * @param name a name for people, at most 100 characters; the symbol where there is none
 * @param assetClass {@code equity}, {@code crypto}, {@code fx} or {@code other}
 */
public record AssetListing(Symbol symbol, String name, String assetClass) {}
