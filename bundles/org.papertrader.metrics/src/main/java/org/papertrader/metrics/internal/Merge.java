package org.papertrader.metrics.internal;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;

/** Puts together what several sources say of one name. Used by one thread. */
final class Merge {
    private final Map<String, Family> families = new TreeMap<>();

    /** The first that speaks of a name decides what it is. */
    private static final class Family {
        final MetricFamily first;
        final Map<Map<String, String>, Sample> samples = new LinkedHashMap<>();

        Family(MetricFamily first) {
            this.first = first;
        }

        boolean hasOtherLabels(Set<String> names) {
            return !samples.isEmpty()
                    && !samples.keySet().iterator().next().keySet().equals(names);
        }
    }

    /** Adds a family, or of it what fits; answers what did not, empty when all did. */
    String add(MetricFamily family) {
        @Nullable Family known = families.get(family.name());
        if (known == null) {
            known = new Family(family);
            families.put(family.name(), known);
        } else if (known.first.type() != family.type() || !known.first.help().equals(family.help())) {
            return family.name() + " is another thing elsewhere";
        }
        String clash = "";
        for (Sample sample : family.samples()) {
            if (known.hasOtherLabels(sample.labels().keySet())) {
                clash = family.name() + " has other labels elsewhere: "
                        + new HashSet<>(sample.labels().keySet());
            } else if (known.samples.size() >= MetricFamily.SAMPLES_MAX) {
                clash = family.name() + " has too many samples";
            } else if (known.samples.putIfAbsent(sample.labels(), sample) != null) {
                clash = family.name() + " is told twice with the same labels";
            }
        }
        return clash;
    }

    /** All, by name. */
    List<MetricFamily> families() {
        return families.values().stream()
                .map(family -> new MetricFamily(
                        family.first.name(),
                        family.first.type(),
                        family.first.help(),
                        List.copyOf(family.samples.values())))
                .toList();
    }
}
