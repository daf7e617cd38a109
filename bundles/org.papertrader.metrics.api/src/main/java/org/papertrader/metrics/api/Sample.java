package org.papertrader.metrics.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One number of a family, or one distribution. */
public sealed interface Sample {
    /** Names and values that tell it from the others of its family; order does not matter. */
    Map<String, String> labels();

    /** A number, exact. */
    record Amount(Map<String, String> labels, BigDecimal value) implements Sample {
        /** Checks the labels. */
        public Amount {
            labels = Labels.checked(labels);
        }
    }

    /**
     * A distribution.
     *
     * @param bounds inclusive upper bounds of the buckets, growing; one more bucket follows, without bound
     * @param counts of each bucket alone, one more than bounds
     * @param sum of all that was measured
     */
    record Spread(Map<String, String> labels, List<BigDecimal> bounds, List<Long> counts, BigDecimal sum)
            implements Sample {
        /** Checks that all fits together. */
        public Spread {
            labels = Labels.checked(labels);
            bounds = List.copyOf(bounds);
            counts = List.copyOf(counts);
            if (counts.size() != bounds.size() + 1 || labels.containsKey("le")) {
                throw new IllegalArgumentException("buckets and bounds do not fit: " + labels);
            }
        }
    }

    /** A count, or an amount in base units. */
    static Sample of(Map<String, String> labels, long value) {
        return new Amount(labels, BigDecimal.valueOf(value));
    }

    /** A number without labels. */
    static Sample of(long value) {
        return of(Map.of(), value);
    }

    /** A time, in seconds. */
    static Sample seconds(Map<String, String> labels, Duration time) {
        return nanos(labels, time.toNanos());
    }

    /** A time given in nanoseconds, in seconds. */
    static Sample nanos(Map<String, String> labels, long nanos) {
        return new Amount(labels, BigDecimal.valueOf(nanos, 9));
    }

    /** A point in wall time, in seconds of the epoch. */
    static Sample at(Map<String, String> labels, Instant time) {
        return new Amount(labels, BigDecimal.valueOf(time.toEpochMilli(), 3));
    }

    /** What labels may be. */
    final class Labels {
        private static final int VALUE_MAX = 200;
        private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

        private Labels() {}

        private static Map<String, String> checked(Map<String, String> labels) {
            labels.forEach((name, value) -> {
                if (!NAME.matcher(name).matches() || value.length() > VALUE_MAX) {
                    throw new IllegalArgumentException("a label cannot be " + name + "=" + value);
                }
            });
            return Map.copyOf(labels);
        }
    }
}
