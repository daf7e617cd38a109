package org.papertrader.marketdata.internal;

import java.time.Clock;

/**
 * The parts of the engine that tell how it is. All may be read by any thread.
 *
 * @param ready whether an interval has run, so that there is a market time
 */
record Vitals(Clock wall, Market market, Sources sources, QuotaLedger quotas, boolean ready) {}
