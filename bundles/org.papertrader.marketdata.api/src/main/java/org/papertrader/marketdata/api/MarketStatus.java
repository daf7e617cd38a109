package org.papertrader.marketdata.api;

import java.time.Duration;
import java.time.Instant;

/**
 * What market it is.
 *
 * @param marketTime the market clock now
 * @param acceleration market seconds per wall second, 1 for a market of the present
 * @param interval update interval in wall time (VAR-4)
 * @param nextInterval wall time at which the next interval begins
 * @param open false when the market is closed, for example at the end of replayed data
 * @param source the preferred source, empty while there is none
 */
public record MarketStatus(
        Instant marketTime, int acceleration, Duration interval, Instant nextInterval, boolean open, String source) {}
