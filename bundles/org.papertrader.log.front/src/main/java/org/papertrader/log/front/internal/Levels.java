package org.papertrader.log.front.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.LogLevels;
import org.slf4j.event.Level;

/**
 * Which level each logger lets through: the threshold of the longest configured prefix of its name, cut at dots.
 * Immutable; a change of configuration makes a new one.
 */
final class Levels implements LogLevels {

    /** Above every level: the logger is silent. */
    static final int OFF = Integer.MAX_VALUE;

    /** What applies until configuration arrives; Netty, and the framework of its events, tell too much at INFO. */
    static final Levels DEFAULT =
            parse("INFO", List.of("io.netty=WARN", "Events=WARN")).levels();

    static final String SILENT = "OFF";

    private final int fallback;
    private final Map<String, Integer> byPrefix;

    private Levels(int fallback, Map<String, Integer> byPrefix) {
        this.fallback = fallback;
        this.byPrefix = Map.copyOf(byPrefix);
    }

    /** The lowest {@link Level#toInt()} that the logger lets through, or {@link #OFF}. */
    int threshold(String logger) {
        String prefix = logger;
        while (true) {
            Integer found = byPrefix.get(prefix);
            if (found != null) {
                return found;
            }
            int dot = prefix.lastIndexOf('.');
            if (dot < 0) {
                return fallback;
            }
            prefix = prefix.substring(0, dot);
        }
    }

    @Override
    public String standard() {
        return name(fallback);
    }

    @Override
    public SortedMap<String, String> rules() {
        SortedMap<String, String> rules = new TreeMap<>();
        byPrefix.forEach((prefix, threshold) -> rules.put(prefix, name(threshold)));
        return rules;
    }

    @Override
    public String of(String logger) {
        return name(threshold(logger));
    }

    private static String name(int threshold) {
        return threshold == OFF ? SILENT : Level.intToLevel(threshold).name();
    }

    /**
     * Reads configuration; what cannot be read is left out and named, and never stops the rest.
     *
     * @param fallback level of loggers without a rule
     * @param rules lines {@code prefix=LEVEL}
     */
    static Parsed parse(String fallback, List<String> rules) {
        Map<String, Integer> byPrefix = new HashMap<>();
        StringBuilder problems = new StringBuilder();
        for (String rule : rules) {
            int equals = rule.indexOf('=');
            Integer threshold = equals > 0 ? read(rule.substring(equals + 1)) : null;
            if (threshold == null) {
                problems.append(" '").append(rule).append('\'');
            } else {
                byPrefix.put(rule.substring(0, equals).strip(), threshold);
            }
        }
        Integer standard = read(fallback);
        if (standard == null) {
            problems.append(" '").append(fallback).append('\'');
            standard = Level.INFO.toInt();
        }
        return new Parsed(new Levels(standard, byPrefix), problems.toString().strip());
    }

    private static @Nullable Integer read(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        if (name.equals(SILENT)) {
            return OFF;
        }
        for (Level level : Level.values()) {
            if (level.name().equals(name)) {
                return level.toInt();
            }
        }
        return null;
    }

    /**
     * What came of reading.
     *
     * @param levels the rules that could be read
     * @param problems the values that could not, empty when all could
     */
    record Parsed(Levels levels, String problems) {}
}
