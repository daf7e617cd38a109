package org.papertrader.assembler;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A feature file, read.
 *
 * @param file the file
 * @param id where it belongs in a repository
 * @param bundles its bundles with their start order, 50 where none is given
 * @param content all that it says
 */
record FeatureFile(Path file, Coordinates id, Map<Coordinates, Integer> bundles, JsonObject content) {
    private static final String TYPE = "osgifeature";
    private static final String SUFFIX = ".json";
    private static final int START_ORDER_DEFAULT = 50;

    static FeatureFile read(Path folder, String name) throws IOException, AssemblyException {
        Path file = folder.resolve(name + SUFFIX);
        if (!Files.isRegularFile(file)) {
            throw new AssemblyException("there is no feature file " + file);
        }
        Map<Coordinates, Integer> bundles = new LinkedHashMap<>();
        try (Reader text = Files.newBufferedReader(file);
                JsonReader reader = Json.createReader(text)) {
            JsonObject feature = reader.readObject();
            for (JsonValue bundle : feature.getJsonArray("bundles")) {
                Coordinates id = Coordinates.parse(id(bundle));
                if (bundles.put(id, startOrder(bundle)) != null) {
                    throw new AssemblyException(file.getFileName() + " names " + id + " twice");
                }
            }
            Coordinates own = Coordinates.parse(feature.getString("id"));
            return new FeatureFile(
                    file, new Coordinates(own.group(), own.artifact(), own.version(), "." + TYPE), bundles, feature);
        }
    }

    static List<FeatureFile> readAll(Path folder) throws IOException, AssemblyException {
        List<FeatureFile> features = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                features.add(read(folder, name.substring(0, name.length() - SUFFIX.length())));
            }
        }
        return features;
    }

    private static String id(JsonValue bundle) {
        return bundle instanceof JsonString text
                ? text.getString()
                : bundle.asJsonObject().getString("id");
    }

    private static int startOrder(JsonValue bundle) {
        return bundle instanceof JsonObject object
                ? object.getInt("start-order", START_ORDER_DEFAULT)
                : START_ORDER_DEFAULT;
    }
}
