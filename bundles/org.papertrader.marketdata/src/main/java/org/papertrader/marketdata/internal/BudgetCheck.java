package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.util.Optional;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Capabilities.Quota;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when the update interval is shorter than the preferred source's limits allow (VAR-4 is to be planned so that
 * the provider's calls suffice). It goes on nevertheless: assets then get their turn less often. Used by the interval
 * thread.
 */
final class BudgetCheck {
    private static final Logger LOG = LoggerFactory.getLogger(BudgetCheck.class);

    private String lastWarning = "";

    /** Warns once for each new situation. */
    void check(Capabilities source, int symbols, Duration interval) {
        String warning = warning(source, symbols, interval).orElse("");
        if (!warning.equals(lastWarning)) {
            lastWarning = warning;
            if (!warning.isEmpty()) {
                LOG.warn("{}", warning);
            }
        }
    }

    /** What is wrong with the interval, and the shortest that would do; empty when it is long enough. */
    static Optional<String> warning(Capabilities source, int symbols, Duration interval) {
        long calls = (symbols + source.symbolsPerCallMax() - 1L) / source.symbolsPerCallMax();
        long safeMillis = source.quotas().stream()
                .mapToLong(quota -> safeMillis(quota, calls))
                .max()
                .orElse(0);
        if (safeMillis <= interval.toMillis()) {
            return Optional.empty();
        }
        return Optional.of("%d assets need %d calls an interval; the limits of %s allow that every %s, not every %s"
                .formatted(symbols, calls, source.id(), Duration.ofMillis(safeMillis), interval));
    }

    private static long safeMillis(Quota quota, long calls) {
        return Math.multiplyExact(quota.window().toMillis(), calls) / quota.calls();
    }
}
