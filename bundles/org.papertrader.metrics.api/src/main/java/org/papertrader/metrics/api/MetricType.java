package org.papertrader.metrics.api;

/** What the numbers of a family mean. */
public enum MetricType {
    /** Only grows, from zero at the start of its source. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A distribution over fixed buckets. */
    HISTOGRAM
}
