package org.papertrader.assembler;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The same features as a features file of Apache Karaf. What Karaf brings itself (configuration, Declarative Services,
 * log, shell, hot deployment) is left to it: those features are not named.
 */
final class KarafFeatures {
    private static final String NAMES = "papertrader-";
    /** Karaf's own bundles start below; ours from here on, by their start orders, below its end of 100. */
    private static final int START_LEVEL_BASE = 80;

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    /** Where Karaf keeps what is written, instead of the launcher's data directory. */
    private static final String DATA = "${karaf.data}/papertrader";

    private final Function<Coordinates, String> locations;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    private KarafFeatures(Function<Coordinates, String> locations) {
        this.locations = locations;
        variables.put("papertrader.data", DATA);
    }

    /**
     * Writes {@code features.xml}, and {@code local.xml}, which names the files of a build instead of what a repository has.
     *
     * @param candidates folder in Maven layout with all bundles
     * @param wanted {@code NAME=NEEDED,NEEDED}: features in order, and which features, of Karaf or of these, each needs
     */
    static void write(Path featureFiles, Path target, Path candidates, List<String> wanted)
            throws IOException, AssemblyException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("features.xml"), xml(featureFiles, wanted, KarafFeatures::maven));
        Files.writeString(
                target.resolve("local.xml"),
                xml(featureFiles, wanted, id -> id.in(candidates).toUri().toString()));
    }

    /** The text of a features file. */
    static String xml(Path featureFiles, List<String> wanted, Function<Coordinates, String> locations)
            throws IOException, AssemblyException {
        KarafFeatures features = new KarafFeatures(locations);
        features.text.append("""
            <?xml version="1.0" encoding="UTF-8"?>
            <features xmlns="http://karaf.apache.org/xmlns/features/v1.6.0" name="papertrader">
            """);
        for (String each : wanted) {
            String[] parts = each.split("=", 2);
            features.add(
                    FeatureFile.read(featureFiles, parts[0]),
                    parts.length == 2 ? parts[1].split(",", -1) : new String[0]);
        }
        return features.text.append("</features>\n").toString();
    }

    /** How Karaf names an artifact of a Maven repository. */
    static String maven(Coordinates id) {
        String location = "mvn:" + id.group() + "/" + id.artifact() + "/" + id.version();
        int dot = id.suffix().lastIndexOf('.');
        String classifier = dot > 1 ? id.suffix().substring(1, dot) : "";
        String type = id.suffix().substring(dot + 1);
        return classifier.isEmpty() && type.equals("jar") ? location : location + "/" + type + suffix(classifier);
    }

    private static String suffix(String classifier) {
        return classifier.isEmpty() ? "" : "/" + classifier;
    }

    private void add(FeatureFile feature, String[] needed) throws AssemblyException {
        JsonObject content = feature.content();
        object(content, "variables").forEach((name, value) -> variables.put(name, plain(value)));
        line(
                "  <feature name=\"%s\" version=\"%s\" description=\"%s\">",
                NAMES + feature.id().artifact(), feature.id().version(), content.getString("description", ""));
        for (String other : needed) {
            line("    <feature>%s</feature>", other);
        }
        for (Map.Entry<String, JsonValue> configuration :
                object(content, "configurations").entrySet()) {
            line("    <config name=\"%s\">", configuration.getKey());
            for (Map.Entry<String, JsonValue> value :
                    configuration.getValue().asJsonObject().entrySet()) {
                line("      %s", property(value.getKey(), value.getValue()));
            }
            line("    </config>");
        }
        List<Map.Entry<Coordinates, Integer>> bundles = feature.bundles().entrySet().stream()
                .sorted(Comparator.comparingInt(Map.Entry::getValue))
                .toList();
        for (Map.Entry<Coordinates, Integer> bundle : bundles) {
            line(
                    "    <bundle start-level=\"%d\">%s</bundle>",
                    START_LEVEL_BASE + bundle.getValue() / 10, locations.apply(bundle.getKey()));
        }
        line("  </feature>");
    }

    private static JsonObject object(JsonObject feature, String name) {
        return feature.containsKey(name) ? feature.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** A line of a typed configuration file, as Karaf's Config Admin reads it. */
    private String property(String name, JsonValue value) throws AssemblyException {
        String[] parts = name.split(":", 2);
        if (value instanceof JsonArray list) {
            return parts[0] + " = [ "
                    + list.stream().map(KarafFeatures::plain).map(this::quoted).collect(Collectors.joining(", "))
                    + " ]";
        }
        String type = parts.length == 1 ? "String" : parts[1];
        return parts[0] + " = "
                + switch (type) {
                    case "String" ->
                        value instanceof JsonNumber number ? "L" + quoted(number.toString()) : quoted(plain(value));
                    case "Integer" -> "I" + quoted(plain(value));
                    case "Long" -> "L" + quoted(plain(value));
                    case "Boolean" -> "B" + quoted(plain(value));
                    default -> throw new AssemblyException(name + " is of a type that is not known here");
                };
    }

    private String quoted(String value) {
        String filled = filled(value);
        return '"'
                + filled.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("=", "\\=")
                        .replace(" ", "\\ ")
                + '"';
    }

    /** Variables of features are constants here; those of Karaf stay for it. */
    private String filled(String value) {
        Matcher variable = VARIABLE.matcher(value);
        StringBuilder filled = new StringBuilder();
        while (variable.find()) {
            String known = variables.getOrDefault(variable.group(1), variable.group());
            variable.appendReplacement(filled, Matcher.quoteReplacement(known));
        }
        return variable.appendTail(filled).toString();
    }

    private static String plain(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private void line(String format, Object... values) {
        Object[] safe = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            safe[i] = values[i] instanceof String string ? escaped(string) : values[i];
        }
        text.append(String.format(java.util.Locale.ROOT, format, safe)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
