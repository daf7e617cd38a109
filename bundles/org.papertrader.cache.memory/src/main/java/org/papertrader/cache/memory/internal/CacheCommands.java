package org.papertrader.cache.memory.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.PayloadCache;

/** Shell command {@code cache:stats}. */
@Component(
        service = CacheCommands.class,
        property = {"osgi.command.scope=cache", "osgi.command.function=stats"})
public final class CacheCommands {
    private final PayloadCache cache;

    /** The cache is of this same bundle, so it needs no gate. */
    @Activate
    public CacheCommands(
            @Reference(target = "(component.name=org.papertrader.cache.memory.internal.CaffeinePayloadCache)")
                    PayloadCache cache) {
        this.cache = cache;
    }

    /** What the cache did since it was started. */
    public String stats() {
        CacheStats stats = cache.stats();
        long asked = stats.hits() + stats.misses();
        String rate = asked == 0 ? "-" : stats.hits() * 100 / asked + " %";
        return "hits       %,14d%nmisses     %,14d%nhit rate   %14s%nentries    %,14d%nbytes      %,14d%nevictions  %,14d"
                .formatted(stats.hits(), stats.misses(), rate, stats.entries(), stats.weightBytes(), stats.evictions());
    }
}
