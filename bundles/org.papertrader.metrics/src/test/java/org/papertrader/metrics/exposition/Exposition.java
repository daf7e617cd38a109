package org.papertrader.metrics.exposition;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of the text format 0.0.4 that Prometheus scrapes, which knows nothing of who writes it. It refuses more
 * than Prometheus does: what stands apart from its family, has no help or type, comes twice, is not cumulative, or is
 * named against the conventions.
 */
public final class Exposition {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (counter|gauge|histogram)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9]+(?:\\.[0-9]+)?)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\\\\\"\n]|\\\\[\\\\\"n])*)\"(?:,(?=.)|$)");

    private final Map<String, Family> families = new LinkedHashMap<>();
    private final Map<String, Map<Map<String, String>, Double>> series = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private Family current;

    /** What a family is. */
    public record Family(String name, String type, String help) {}

    private Exposition() {}

    /** Reads a whole page; throws {@link IllegalArgumentException} for what is not right. */
    public static Exposition parse(String text) {
        Exposition page = new Exposition();
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line does not end");
        }
        String help = "";
        String helped = "";
        for (String line : text.split("\n")) {
            Matcher isHelp = HELP.matcher(line);
            Matcher isType = TYPE.matcher(line);
            if (isHelp.matches()) {
                helped = isHelp.group(1);
                help = isHelp.group(2);
            } else if (isType.matches()) {
                if (!isType.group(1).equals(helped)) {
                    throw new IllegalArgumentException("no help before: " + line);
                }
                page.begin(new Family(helped, isType.group(2), help));
            } else {
                page.sample(line);
            }
        }
        page.checkHistograms();
        return page;
    }

    /** All families, in their order. */
    public Map<String, Family> families() {
        return families;
    }

    /** The labels and values of one series name, such as {@code x_total} or {@code x_seconds_count}. */
    public Map<Map<String, String>, Double> of(String name) {
        return series.getOrDefault(name, Map.of());
    }

    /** The one value whose labels contain these; none is a failure. */
    public double value(String name, Map<String, String> labels) {
        return of(name).entrySet().stream()
                .filter(each -> each.getKey().entrySet().containsAll(labels.entrySet()))
                .map(Map.Entry::getValue)
                .reduce((one, other) -> {
                    throw new NoSuchElementException("several of " + name + labels);
                })
                .orElseThrow(() -> new NoSuchElementException(name + labels));
    }

    /** The sum of all whose labels contain these. */
    public double sum(String name, Map<String, String> labels) {
        return of(name).entrySet().stream()
                .filter(each -> each.getKey().entrySet().containsAll(labels.entrySet()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private void begin(Family family) {
        if (!NAME.matcher(family.name()).matches() || families.put(family.name(), family) != null) {
            throw new IllegalArgumentException("twice, or no name: " + family.name());
        }
        if (family.name().endsWith("_total") != family.type().equals("counter")) {
            throw new IllegalArgumentException("against the conventions: " + family);
        }
        if (current != null) {
            closed.add(current.name());
        }
        current = family;
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        String name = sample.group(1);
        if (current == null || !isOf(current, name)) {
            throw new IllegalArgumentException("apart from its family: " + line);
        }
        Map<String, String> labels = labels(sample.group(2));
        if (name.endsWith("_bucket") != labels.containsKey("le")) {
            throw new IllegalArgumentException("le is for buckets: " + line);
        }
        double value = Double.parseDouble(sample.group(3));
        if (value < 0 && !current.type().equals("gauge")) {
            throw new IllegalArgumentException("negative: " + line);
        }
        if (series.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(labels, value) != null) {
            throw new IllegalArgumentException("twice: " + line);
        }
    }

    private static boolean isOf(Family family, String name) {
        return family.type().equals("histogram")
                ? Set.of(family.name() + "_bucket", family.name() + "_sum", family.name() + "_count")
                        .contains(name)
                : family.name().equals(name);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length() && label.find() && label.start() == at) {
            if (labels.put(label.group(1), unescaped(label.group(2))) != null) {
                throw new IllegalArgumentException("a label twice: " + text);
            }
            at = label.end();
        }
        if (at != text.length() || text.isEmpty()) {
            throw new IllegalArgumentException("no labels: " + text);
        }
        return labels;
    }

    private static String unescaped(String value) {
        return value.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private void checkHistograms() {
        families.values().stream()
                .filter(family -> family.type().equals("histogram"))
                .map(Family::name)
                .forEach(name -> of(name + "_count").forEach((labels, count) -> checkHistogram(name, labels, count)));
    }

    private void checkHistogram(String name, Map<String, String> labels, double count) {
        double below = 0;
        double bound = -1;
        for (Map.Entry<Map<String, String>, Double> bucket :
                of(name + "_bucket").entrySet()) {
            Map<String, String> others = new TreeMap<>(bucket.getKey());
            String le = others.remove("le");
            if (others.equals(labels)) {
                double next = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                if (next <= bound || bucket.getValue() < below) {
                    throw new IllegalArgumentException("buckets of " + name + labels + " do not grow");
                }
                bound = next;
                below = bucket.getValue();
            }
        }
        if (bound != Double.POSITIVE_INFINITY
                || below != count
                || !of(name + "_sum").containsKey(labels)) {
            throw new IllegalArgumentException(name + labels + " is not whole");
        }
    }
}
