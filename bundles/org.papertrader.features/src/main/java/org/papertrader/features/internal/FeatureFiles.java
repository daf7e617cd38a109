package org.papertrader.features.internal;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureService;

/** Reads features from a folder of OSGi Feature JSON files, with their variables filled in. */
final class FeatureFiles {
    private static final String VARIABLES = "variables";

    private final Path folder;
    private final FeatureService service;
    private final Function<String, @Nullable String> properties;

    /** {@code properties} gives framework properties; they win over a feature's own defaults. */
    FeatureFiles(Path folder, FeatureService service, Function<String, @Nullable String> properties) {
        this.folder = folder;
        this.service = service;
        this.properties = properties;
    }

    /** Reads {@code <name>.json}. */
    Feature read(String name) throws FeatureException {
        try {
            String text = Files.readString(folder.resolve(name + ".json"));
            Map<String, String> defaults = defaults(text);
            String filled = Variables.inJson(text, key -> {
                String value = properties.apply(key);
                return value != null ? value : defaults.get(key);
            });
            return service.readFeature(new StringReader(filled));
        } catch (NoSuchFileException e) {
            throw new FeatureException("there is no feature '" + name + "' in " + folder, e);
        } catch (FeatureException e) {
            throw new FeatureException("feature " + name + ": " + e.line(), e);
        } catch (IOException | JsonException | IllegalArgumentException e) {
            throw new FeatureException("feature " + name + " cannot be read: " + e.getMessage(), e);
        }
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
        }
        return defaults;
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }
}
