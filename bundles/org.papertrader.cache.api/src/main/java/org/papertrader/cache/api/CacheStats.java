package org.papertrader.cache.api;

/**
 * Counts of a cache since it was started.
 *
 * @param hits fresh answers
 * @param misses questions without an answer, or with a stale one
 * @param evictions entries that left for lack of room
 * @param entries how many there are
 * @param weightBytes memory that they hold, roughly
 */
public record CacheStats(long hits, long misses, long evictions, long entries, long weightBytes) {}
