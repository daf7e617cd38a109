package org.papertrader.model;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an asset besides its values.
 *
 * @param symbol the ticker
 * @param name a name for people; the symbol where nothing better is known
 * @param assetClass {@code equity}, {@code crypto}, {@code fx} or {@code other}
 * @param source the source that lists it
 * @param current its latest values, or null while there are none
 */
public record AssetInfo(
        Symbol symbol,
        String name,
        String assetClass,
        String source,
        @Nullable Bar current) {}
