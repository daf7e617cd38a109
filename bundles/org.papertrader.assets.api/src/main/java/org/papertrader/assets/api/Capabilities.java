package org.papertrader.assets.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source can do.
 *
 * @param id short name, lower case, 1 to 32 characters of {@code a-z 0-9 . -}; shown with every value
 * @param resolutions which bars it has; DAY at least
 * @param symbolsPerCallMax most symbols of one {@code latest} call, 1 and up
 * @param timeout after which an answer is no longer waited for
 * @param quotas every limit of the provider, all of which hold at once; empty for local sources
 * @param replay for a source that plays recorded data against an accelerated market clock: the range of its data; null
 *     for a source of the present, whose market time is wall time
 * @param dataset names the data behind the source where an operator can exchange it (recorded files, a seed): the same
 *     text for the same data, another for other data, at most 64 printable characters. Bars and values that are stored of
 *     another dataset of this source are dropped. Empty for the real market
 */
public record Capabilities(
        String id,
        Set<Resolution> resolutions,
        int symbolsPerCallMax,
        Duration timeout,
        List<Quota> quotas,
        @Nullable ReplayRange replay,
        String dataset) {
    public Capabilities {
        resolutions = Set.copyOf(resolutions);
        quotas = List.copyOf(quotas);
        if (!id.matches("[a-z0-9.-]{1,32}")
                || symbolsPerCallMax < 1
                || !resolutions.contains(Resolution.DAY)
                || !dataset.matches("[ -~]{0,64}")) {
            throw new IllegalArgumentException("bad capabilities of source '" + id + "'");
        }
    }

    /**
     * A limit on calls.
     *
     * @param calls how many
     * @param window per how long
     */
    public record Quota(int calls, Duration window) {}

    /**
     * What a replay source has.
     *
     * @param first end of the first bar
     * @param last end of the last bar; after it the market is closed
     */
    public record ReplayRange(Instant first, Instant last) {}
}
