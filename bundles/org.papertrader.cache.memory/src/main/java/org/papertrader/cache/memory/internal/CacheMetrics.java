package org.papertrader.cache.memory.internal;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.MetricSource;

/** The cache's numbers, the same as {@code cache:stats} shows. */
@Component(service = MetricSource.class)
public final class CacheMetrics implements MetricSource {
    private final CaffeinePayloadCache cache;

    /** The cache is of this same bundle, so it needs no gate. */
    @Activate
    public CacheMetrics(@Reference CaffeinePayloadCache cache) {
        this.cache = cache;
    }

    @Override
    public List<MetricFamily> metrics() {
        CacheStats stats = cache.stats();
        return List.of(
                MetricFamily.counter("papertrader_cache_hits_total", "Reads that the cache answered.", stats.hits()),
                MetricFamily.counter(
                        "papertrader_cache_misses_total",
                        "Reads for which the cache had nothing fresh.",
                        stats.misses()),
                MetricFamily.counter(
                        "papertrader_cache_evictions_total",
                        "Entries that left the cache for lack of room.",
                        stats.evictions()),
                MetricFamily.gauge("papertrader_cache_entries", "Entries in the cache.", stats.entries()),
                MetricFamily.gauge(
                        "papertrader_cache_bytes", "Memory of the cached payloads, roughly.", stats.weightBytes()));
    }
}
