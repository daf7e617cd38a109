package org.papertrader.model;

/**
 * DS-3: an asset with its current values.
 *
 * @param symbol the ticker
 * @param bar the latest open, high, low, close and volume that the master has
 * @param source where the values came from, for example {@code replay}; 1 to 32 characters without blanks
 */
public record Asset(Symbol symbol, Bar bar, String source) {}
