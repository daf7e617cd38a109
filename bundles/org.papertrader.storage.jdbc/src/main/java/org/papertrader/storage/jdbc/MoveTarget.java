package org.papertrader.storage.jdbc;

import javax.sql.DataSource;

/**
 * An empty database to copy to, of the same kind as the one that is copied.
 *
 * @param place where it is, in the words of the operator; what the one before will name
 */
public record MoveTarget(String place, DataSource source, PoolSettings settings) {}
