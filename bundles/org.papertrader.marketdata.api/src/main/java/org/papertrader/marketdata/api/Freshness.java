package org.papertrader.marketdata.api;

import java.time.Instant;

/**
 * How long a value may be answered from a cache.
 *
 * @param asOf wall time at which the master gave the value
 * @param freshUntil wall time until which a cache may answer with it; at the latest the next update interval. Not later
 *     than {@code asOf} when it must not be kept
 */
public record Freshness(Instant asOf, Instant freshUntil) {}
