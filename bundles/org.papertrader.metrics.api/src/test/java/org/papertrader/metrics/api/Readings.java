package org.papertrader.metrics.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a source says, once it has been found to keep its contract. */
public final class Readings {
    private final Map<String, MetricFamily> families;

    private Readings(Map<String, MetricFamily> families) {
        this.families = families;
    }

    /** Asks a source twice; throws {@link AssertionError} when it breaks the contract. */
    public static Readings of(MetricSource source) {
        Readings first = new Readings(byName(source.metrics()));
        Readings second = new Readings(byName(source.metrics()));
        if (!second.families.keySet().equals(first.families.keySet())) {
            throw new AssertionError("other families: " + first.families.keySet() + second.families.keySet());
        }
        second.families.values().forEach(family -> check(first.families.get(family.name()), family));
        return second;
    }

    private static Map<String, MetricFamily> byName(List<MetricFamily> all) {
        return all.stream().collect(Collectors.toMap(MetricFamily::name, Function.identity(), Readings::joined));
    }

    /** A source may speak of a name in parts. */
    private static MetricFamily joined(MetricFamily one, MetricFamily other) {
        if (one.type() != other.type() || !one.help().equals(other.help())) {
            throw new AssertionError(one.name() + " is two things");
        }
        List<Sample> samples = new ArrayList<>(one.samples());
        samples.addAll(other.samples());
        return new MetricFamily(one.name(), one.type(), one.help(), samples);
    }

    private static void check(MetricFamily before, MetricFamily now) {
        Set<Map<String, String>> seen = new HashSet<>();
        Set<Set<String>> names = new HashSet<>();
        for (Sample sample : now.samples()) {
            names.add(sample.labels().keySet());
            if (!seen.add(sample.labels()) || names.size() > 1) {
                throw new AssertionError(now.name() + sample.labels() + " is there twice, or has other labels");
            }
        }
        for (Sample sample : now.type() == MetricType.COUNTER ? before.samples() : List.<Sample>of()) {
            BigDecimal then = ((Sample.Amount) sample).value();
            if (value(now, sample.labels()).compareTo(then) < 0) {
                throw new AssertionError(now.name() + sample.labels() + " fell");
            }
        }
    }

    /** The number of these labels, of a histogram the count; throws {@link AssertionError} without it. */
    public double value(String name, Map<String, String> labels) {
        MetricFamily family = families.get(name);
        if (family == null) {
            throw new AssertionError("no " + name + " in " + families.keySet());
        }
        return value(family, labels).doubleValue();
    }

    /** Whether there is a number of these labels. */
    public boolean has(String name, Map<String, String> labels) {
        MetricFamily family = families.get(name);
        return family != null
                && family.samples().stream().anyMatch(sample -> sample.labels().equals(labels));
    }

    private static BigDecimal value(MetricFamily family, Map<String, String> labels) {
        Sample found = family.samples().stream()
                .filter(sample -> sample.labels().equals(labels))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + family.name() + labels + " in " + family.samples()));
        return found instanceof Sample.Amount number
                ? number.value()
                : BigDecimal.valueOf(((Sample.Spread) found)
                        .counts().stream().mapToLong(Long::longValue).sum());
    }
}
