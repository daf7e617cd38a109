package org.papertrader.features.internal;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureService;

/** Reads features from the text of OSGi Feature JSON files, with their variables filled in. */
final class FeatureFiles {
    private static final String VARIABLES = "variables";

    private final FeatureService service;
    private final Function<String, @Nullable String> properties;

    /** {@code properties} gives framework properties; they win over a feature's own defaults. */
    FeatureFiles(FeatureService service, Function<String, @Nullable String> properties) {
        this.service = service;
        this.properties = properties;
    }

    /** Reads a feature; the name is for messages. */
    Feature read(String name, String text) throws FeatureException {
        try {
            Map<String, String> defaults = defaults(text);
            String filled = Variables.inJson(text, key -> {
                String value = properties.apply(key);
                return value != null ? value : defaults.get(key);
            });
            Feature feature = service.readFeature(new StringReader(filled));
            Coordinates.of(feature.getID());
            feature.getBundles().forEach(bundle -> Coordinates.of(bundle.getID()));
            return feature;
        } catch (FeatureException e) {
            throw new FeatureException("feature " + name + ": " + e.line(), e);
        } catch (Exception e) {
            // The reader of the framework answers broken JSON with whatever it stumbles over, unchecked or not.
            throw new FeatureException("feature " + name + " cannot be read: " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message.replaceAll("\\s+", " ");
    }

    /** A default may itself use framework properties, such as the data directory. */
    private Map<String, String> defaults(String text) throws FeatureException {
        Map<String, String> defaults = new HashMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            JsonObject feature = reader.readObject();
            if (feature.containsKey(VARIABLES)) {
                for (Map.Entry<String, JsonValue> entry :
                        feature.getJsonObject(VARIABLES).entrySet()) {
                    if (entry.getValue() != JsonValue.NULL) {
                        defaults.put(entry.getKey(), Variables.inText(text(entry.getValue()), properties));
                    }
                }
            }
        } catch (JsonException e) {
            throw new FeatureException("no JSON: " + reason(e), e);
        }
        return defaults;
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
