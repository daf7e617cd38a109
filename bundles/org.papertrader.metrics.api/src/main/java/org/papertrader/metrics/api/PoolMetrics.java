package org.papertrader.metrics.api;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.ToLongFunction;

/** The numbers of thread pools, the same of all bundles. */
public final class PoolMetrics {
    private PoolMetrics() {}

    /** By the name of each, the value of its label. */
    public static List<MetricFamily> of(Map<String, ThreadPoolExecutor> pools) {
        return List.of(
                MetricFamily.gauge(
                        "papertrader_pool_threads",
                        "Threads that a pool has now.",
                        samples(pools, ThreadPoolExecutor::getPoolSize)),
                MetricFamily.gauge(
                        "papertrader_pool_active_threads",
                        "Threads of a pool that work now.",
                        samples(pools, ThreadPoolExecutor::getActiveCount)),
                MetricFamily.gauge(
                        "papertrader_pool_waiting_tasks",
                        "Tasks that wait for a thread of a pool.",
                        samples(pools, pool -> pool.getQueue().size())));
    }

    private static List<Sample> samples(
            Map<String, ThreadPoolExecutor> pools, ToLongFunction<ThreadPoolExecutor> value) {
        return pools.entrySet().stream()
                .map(pool -> Sample.of(Map.of("pool", pool.getKey()), value.applyAsLong(pool.getValue())))
                .toList();
    }
}
