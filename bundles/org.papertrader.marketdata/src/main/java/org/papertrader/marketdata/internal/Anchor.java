package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;

/**
 * How market time follows from wall time, from one moment on.
 *
 * @param replay false for a market of the present, where both are the same
 * @param wall wall time of the moment
 * @param market market time of the moment
 * @param acceleration market seconds per wall second, 1 for the present
 * @param limit market time beyond which a replay does not go
 * @param ceiling wall time beyond which a replay does not go, because no more was stored than that
 */
record Anchor(boolean replay, Instant wall, Instant market, int acceleration, Instant limit, Instant ceiling) {
    Instant at(Instant wallTime) {
        if (!replay) {
            return wallTime;
        }
        Instant until = wallTime.isBefore(ceiling) ? wallTime : ceiling;
        long elapsed = Math.max(0, Duration.between(wall, until).toMillis());
        Instant time = market.plusMillis(Math.multiplyExact(elapsed, acceleration));
        if (time.isBefore(limit)) {
            return time;
        }
        // Never before the moment itself, where the data ends before it.
        return limit.isBefore(market) ? market : limit;
    }
}
