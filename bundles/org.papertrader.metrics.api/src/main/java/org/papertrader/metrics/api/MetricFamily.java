package org.papertrader.metrics.api;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * All samples of one name.
 *
 * @param name as Prometheus wants it: what is measured, then its base unit ({@code _seconds}, {@code _bytes}), then, of a
 *     counter, {@code _total}
 * @param help one line for people
 * @param samples differ in their labels, of which all have the same names; may be none
 */
public record MetricFamily(String name, MetricType type, String help, List<Sample> samples) {
    /** Most samples of a family; labels are for what is few, never for users, symbols or addresses. */
    public static final int SAMPLES_MAX = 2_000;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
    private static final String TOTAL = "_total";

    /** Throws {@link IllegalArgumentException} for a name or a sample that does not fit. */
    public MetricFamily {
        samples = List.copyOf(samples);
        boolean counts = type == MetricType.COUNTER;
        if (!NAME.matcher(name).matches() || name.endsWith(TOTAL) != counts) {
            throw new IllegalArgumentException("a " + type + " cannot be named " + name);
        }
        if (help.isBlank() || help.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the help of " + name + " is one line");
        }
        if (samples.size() > SAMPLES_MAX) {
            throw new IllegalArgumentException(name + " has " + samples.size() + " samples");
        }
        boolean spread = type == MetricType.HISTOGRAM;
        if (samples.stream().anyMatch(sample -> (sample instanceof Sample.Spread) != spread)) {
            throw new IllegalArgumentException(name + ": these are not the samples of a " + type);
        }
    }

    /** A counter. */
    public static MetricFamily counter(String name, String help, List<Sample> samples) {
        return new MetricFamily(name, MetricType.COUNTER, help, samples);
    }

    /** A counter without labels. */
    public static MetricFamily counter(String name, String help, long count) {
        return counter(name, help, List.of(Sample.of(Map.of(), count)));
    }

    /** A gauge. */
    public static MetricFamily gauge(String name, String help, List<Sample> samples) {
        return new MetricFamily(name, MetricType.GAUGE, help, samples);
    }

    /** A gauge without labels. */
    public static MetricFamily gauge(String name, String help, long value) {
        return gauge(name, help, List.of(Sample.of(Map.of(), value)));
    }

    /** A histogram. */
    public static MetricFamily histogram(String name, String help, List<Sample> samples) {
        return new MetricFamily(name, MetricType.HISTOGRAM, help, samples);
    }
}
