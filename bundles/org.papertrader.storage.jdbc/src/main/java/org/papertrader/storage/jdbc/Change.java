package org.papertrader.storage.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that changed rows, as it was run.
 *
 * @param rows the parameters of each run: Long, Boolean, String, byte[] or null
 * @param counts how many rows each run changed
 */
record Change(String sql, List<@Nullable Object[]> rows, int[] counts) {}
