package org.papertrader.trading.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Lease;
import org.papertrader.marketdata.api.Prices;

/**
 * What is known when a round of commands is decided; taken after the commands were, so that no order is accepted at a
 * market time before its arrival. Holds a lease on the prices until it is closed.
 *
 * @param wall wall time, in microseconds like everything stored
 * @param market market time, rounded up to microseconds, or null while there is no market clock
 * @param lease on the current values, or null when there are none or they are not needed
 */
record Moment(
        Instant wall, @Nullable Instant market, @Nullable Lease<Prices> lease, TradingSettings settings)
        implements AutoCloseable {

    @Nullable
    Prices prices() {
        return lease == null ? null : lease.service();
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
