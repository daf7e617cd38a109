package org.papertrader.cache.memory.internal;

import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.PayloadCache;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Typed;

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
    @Descriptor("shows what this worker's cache did since it was started")
    public String stats(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, "cache:stats [--json]");
        CacheStats stats = cache.stats();
        long asked = stats.hits() + stats.misses();
        return new Facts()
                .add("hits", stats.hits())
                .add("misses", stats.misses())
                .add("hitPercent", asked == 0 ? null : stats.hits() * 100 / asked)
                .add("entries", stats.entries())
                .add("bytes", stats.weightBytes())
                .add("evictions", stats.evictions())
                .text(json);
    }
}
