package org.papertrader.storage.jdbc;

import java.time.Duration;

/**
 * Bounds of the connection pool.
 *
 * @param connectionsMax most connections at once, at least 2
 * @param patience how long a caller waits for a free connection before it fails
 */
public record PoolSettings(int connectionsMax, Duration patience) {
    public PoolSettings {
        if (connectionsMax < 2) {
            throw new IllegalArgumentException("a pool needs at least 2 connections: " + connectionsMax);
        }
    }
}
