package org.papertrader.cache.api;

/**
 * A finished reply.
 *
 * @param bytes the payload, never changed
 * @param freshUntilMillis wall time, epoch milliseconds, until which it may be answered without asking
 */
public record CachedPayload(byte[] bytes, long freshUntilMillis) {}
