package org.papertrader.marketdata.internal;

import java.time.Clock;

/**
 * The parts of the engine that tell how it is. All may be read by any thread.
 *
 * @param ready whether an interval has run, so that there is a market time
 * @param lastFailed whether the last one failed as a whole
 */
record Vitals(Clock wall, Market market, Sources sources, QuotaLedger quotas, boolean ready, boolean lastFailed) {}
