package org.papertrader.marketdata.api;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Market time: the clock of bars, dates and fills. It is wall time for sources of the present and runs accelerated for
 * replayed ones; it is stored and never goes back, not over a restart either. Thread-safe, never blocks.
 */
@ProviderType
public interface MarketClock {
    /** Market time now. */
    Instant now();

    /** Market time at a wall time of the last minute or so; never later than {@link #now}. */
    Instant at(Instant wallTime);
}
