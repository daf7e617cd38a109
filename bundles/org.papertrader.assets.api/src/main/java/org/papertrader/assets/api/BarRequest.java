package org.papertrader.assets.api;

import java.time.Instant;
import org.papertrader.model.Symbol;

/**
 * Asks for the bars of one symbol whose {@code end} is after {@code after} and not after {@code until}, oldest first.
 *
 * @param symbol the asset
 * @param resolution the length of the bars
 * @param after exclusive
 * @param until inclusive; never later than market time
 */
public record BarRequest(Symbol symbol, Resolution resolution, Instant after, Instant until) {}
