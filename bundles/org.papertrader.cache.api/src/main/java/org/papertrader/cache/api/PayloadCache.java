package org.papertrader.cache.api;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A worker's bounded cache of finished reply payloads (WRK-7, PRO-17). Thread-safe, never blocks. Only market data goes
 * in, never what belongs to one user.
 */
@ProviderType
public interface PayloadCache {
    /**
     * The payload of this key, also when it is stale (see {@link CachedPayload#freshUntilMillis}), or null.
     *
     * @param nowMillis wall time, epoch milliseconds, by which a hit is told from a stale one in the statistics
     */
    @Nullable
    CachedPayload get(CacheKey key, long nowMillis);

    /** Keeps a payload; the least useful ones leave when the memory bound is reached. */
    void put(CacheKey key, CachedPayload payload);

    /** Forgets all payloads of which the key's subject is one of these (after a push of new prices). */
    void evict(CacheKey key);

    /** What the cache did so far. */
    CacheStats stats();
}
