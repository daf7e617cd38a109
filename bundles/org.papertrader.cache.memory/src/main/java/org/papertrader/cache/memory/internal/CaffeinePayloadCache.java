package org.papertrader.cache.memory.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.papertrader.cache.api.CacheKey;
import org.papertrader.cache.api.CacheStats;
import org.papertrader.cache.api.CachedPayload;
import org.papertrader.cache.api.PayloadCache;

/** A {@link PayloadCache} on Caffeine, bounded by the bytes that it holds (WRK-7). */
@Component(
        configurationPid = "org.papertrader.cache.memory",
        service = {PayloadCache.class, CaffeinePayloadCache.class},
        property = "side=worker")
@Designate(ocd = CaffeinePayloadCache.Config.class)
public final class CaffeinePayloadCache implements PayloadCache {
    /** Configuration, PID {@code org.papertrader.cache.memory}. */
    @ObjectClassDefinition(id = "org.papertrader.cache.memory", name = "PaperTrader memory cache")
    public @interface Config {
        /** Memory for payloads. */
        @AttributeDefinition(
                min = "65536",
                name = "Memory",
                description = "Most bytes of cached payloads, 65536 and up.")
        long memoryMaxBytes() default 67_108_864;
    }

    private static final long MEMORY_MIN_BYTES = 65_536;

    private final Cache<CacheKey, CachedPayload> cache;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    @Activate
    public CaffeinePayloadCache(Config config) {
        this(config.memoryMaxBytes());
    }

    CaffeinePayloadCache(long memoryMaxBytes) {
        // Maintenance on the calling thread: no pool of the platform's keeps this bundle's classes alive after a swap.
        this.cache = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bounded(memoryMaxBytes))
                .weigher(CaffeinePayloadCache::weigh)
                .evictionListener((key, value, cause) -> evictions.increment())
                .build();
    }

    @Modified
    void modified(Config config) {
        cache.policy().eviction().ifPresent(eviction -> eviction.setMaximum(bounded(config.memoryMaxBytes())));
    }

    @Override
    public @Nullable CachedPayload get(CacheKey key, long nowMillis) {
        CachedPayload payload = cache.getIfPresent(key);
        if (payload != null && payload.freshUntilMillis() > nowMillis) {
            hits.increment();
        } else {
            misses.increment();
        }
        return payload;
    }

    @Override
    public void put(CacheKey key, CachedPayload payload) {
        cache.put(key, payload);
    }

    @Override
    public void evict(CacheKey key) {
        cache.invalidate(key);
    }

    @Override
    public CacheStats stats() {
        cache.cleanUp();
        long weight = cache.policy()
                .eviction()
                .map(Policy.Eviction::weightedSize)
                .map(size -> size.orElse(0))
                .orElse(0L);
        return new CacheStats(hits.sum(), misses.sum(), evictions.sum(), cache.estimatedSize(), weight);
    }

    private static int weigh(CacheKey key, CachedPayload payload) {
        return key.weight() + 32 + payload.bytes().length;
    }

    private static long bounded(long bytes) {
        return Math.max(MEMORY_MIN_BYTES, bytes);
    }
}
