package org.papertrader.features.internal;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.features.internal.Configurations.Origin;
import org.papertrader.features.internal.Configurations.Setting;

/** Shell commands of scope {@code config}. Values of secrets are never shown. */
final class ConfigCommands {
    static final String SCOPE = "config";
    static final String[] FUNCTIONS = {"get", "set", "unset", "describe"};

    private static final int WIDTH = 80;

    private final Configurations configurations;

    ConfigCommands(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Lists every PID and how many of its values the operator has set; or the values of one PID. */
    public String get(String... typed) throws FeatureException {
        Typed words = Typed.of("config:get", typed, 1);
        if (words.plain().isEmpty()) {
            return words.json() ? pidsAsJson() : pids();
        }
        String pid = words.plain().get(0);
        Map<String, Setting> settings = configurations.settings(pid);
        if (words.json()) {
            return asJson(pid, settings);
        }
        return settings.isEmpty()
                ? pid + " has no values here; its components use their built-in defaults"
                : values(settings);
    }

    /** Tells what may be configured, and what it means. */
    public String describe(String... typed) throws FeatureException {
        Typed words = Typed.of("config:describe", typed, 2);
        if (words.plain().isEmpty()) {
            throw new FeatureException("usage: config:describe PID [KEY] [--json]");
        }
        String pid = words.plain().get(0);
        Map<String, Attribute> attributes = new TreeMap<>(configurations.attributes(pid));
        if (attributes.isEmpty()) {
            throw new FeatureException("no bundle describes " + pid + "; config:get lists what there is");
        }
        if (words.plain().size() > 1) {
            String key = words.plain().get(1);
            if (!attributes.containsKey(key)) {
                throw new FeatureException(
                        pid + " has no key '" + key + "'; it has " + String.join(", ", attributes.keySet()));
            }
            attributes.keySet().retainAll(List.of(key));
        }
        Map<String, Setting> settings = configurations.settings(pid);
        return words.json() ? describedAsJson(pid, attributes, settings) : described(attributes, settings);
    }

    /** Sets one value in the operator's file; it takes effect at once. */
    public String set(String pid, String key, String value) throws FeatureException {
        boolean known = configurations.knownPids().contains(pid);
        configurations.set(pid, key, value);
        return known
                ? overridden(pid, key)
                : "written; no bundle here knows " + pid + ", config:get lists what there is";
    }

    /** Takes one value out of the operator's file; the default is in effect again. */
    public String unset(String pid, String key) throws FeatureException {
        if (!configurations.unset(pid, key)) {
            throw new FeatureException("not set: " + pid + " " + key);
        }
        return overridden(pid, key);
    }

    private String pids() throws FeatureException {
        StringBuilder text = new StringBuilder();
        for (String pid : configurations.knownPids()) {
            Map<String, Setting> settings = configurations.settings(pid);
            long own = own(settings);
            text.append(String.format(
                    Locale.ROOT, "%-60s %s%n", pid, own == 0 ? "defaults" : own + " of " + settings.size() + " set"));
        }
        return text.toString().stripTrailing();
    }

    private String pidsAsJson() throws FeatureException {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (String pid : configurations.knownPids()) {
            Map<String, Setting> settings = configurations.settings(pid);
            all.add(Json.createObjectBuilder()
                    .add("pid", pid)
                    .add("keys", settings.size())
                    .add("set", own(settings)));
        }
        return all.build().toString();
    }

    private static long own(Map<String, Setting> settings) {
        return settings.values().stream()
                .filter(setting -> setting.origin() != Origin.DEFAULT)
                .count();
    }

    private static String values(Map<String, Setting> settings) {
        int width = settings.keySet().stream().mapToInt(String::length).max().orElse(1);
        StringBuilder text = new StringBuilder();
        settings.forEach((key, setting) -> Paragraph.append(
                text,
                String.format(Locale.ROOT, "%-" + width + "s = ", key),
                setting.value() + origin(setting),
                WIDTH));
        return text.toString().stripTrailing();
    }

    private static String asJson(String pid, Map<String, Setting> settings) {
        JsonArrayBuilder values = Json.createArrayBuilder();
        settings.forEach((key, setting) -> values.add(object(key, setting)));
        return Json.createObjectBuilder()
                .add("pid", pid)
                .add("values", values)
                .build()
                .toString();
    }

    private static JsonObjectBuilder object(String key, Setting setting) {
        return Json.createObjectBuilder()
                .add("key", key)
                .add("value", setting.value())
                .add("default", setting.standard())
                .add("origin", setting.origin().name().toLowerCase(Locale.ROOT));
    }

    private static String described(Map<String, Attribute> attributes, Map<String, Setting> settings) {
        StringBuilder text = new StringBuilder();
        attributes.forEach((key, attribute) -> {
            String standard = standard(key, attribute, settings);
            Paragraph.append(
                    text, key + "  ", attribute.allowed() + (standard.isEmpty() ? "" : "; default " + standard), WIDTH);
            if (!attribute.description().isEmpty()) {
                Paragraph.append(text, "    ", attribute.description(), WIDTH);
            }
        });
        return text.toString().stripTrailing();
    }

    private static String describedAsJson(
            String pid, Map<String, Attribute> attributes, Map<String, Setting> settings) {
        JsonArrayBuilder keys = Json.createArrayBuilder();
        attributes.forEach((key, attribute) -> {
            JsonObjectBuilder object = Json.createObjectBuilder()
                    .add("key", key)
                    .add("type", attribute.type())
                    .add("list", attribute.list())
                    .add("default", standard(key, attribute, settings))
                    .add("description", attribute.description())
                    .add("options", Json.createArrayBuilder(attribute.options()));
            if (attribute.min() != null) {
                object.add("min", attribute.min());
            }
            if (attribute.max() != null) {
                object.add("max", attribute.max());
            }
            keys.add(object);
        });
        return Json.createObjectBuilder()
                .add("pid", pid)
                .add("keys", keys)
                .build()
                .toString();
    }

    private static String standard(String key, Attribute attribute, Map<String, Setting> settings) {
        Setting setting = settings.get(key);
        return setting == null || setting.standard().isEmpty() ? attribute.standard() : setting.standard();
    }

    private String overridden(String pid, String key) throws FeatureException {
        Setting setting = configurations.settings(pid).get(key);
        return setting != null && setting.origin() == Origin.COMMAND_LINE
                ? "written, but the value given on the command line stays in effect: " + setting.value()
                : "";
    }

    private static String origin(Setting setting) {
        return switch (setting.origin()) {
            case DEFAULT -> "";
            case FILE -> "   (set" + standard(setting) + ")";
            case COMMAND_LINE -> "   (command line" + standard(setting) + ")";
        };
    }

    private static String standard(Setting setting) {
        return setting.standard().isEmpty() ? "" : "; default " + setting.standard();
    }
}
