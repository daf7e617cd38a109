package org.papertrader.itests.architecture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A feature as its source file has it.
 *
 * @param name {@code master}, {@code worker} and the like
 * @param bundles artifact ids
 * @param pids of the configurations that it brings, without the name of an instance
 */
record FeatureFile(String name, Set<String> bundles, Set<String> pids) {

    static List<FeatureFile> all() {
        return Repository.files(Repository.root().resolve("features/src/main/features"), file -> true).stream()
                .map(file -> parse(file.getFileName().toString().replace(".json", ""), Repository.text(file)))
                .toList();
    }

    static FeatureFile parse(String name, String json) {
        Set<String> bundles = new TreeSet<>();
        Set<String> pids = new TreeSet<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            Map<Integer, String> path = new TreeMap<>();
            int depth = 0;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case FIELD_NAME -> {
                        path.put(depth, parser.currentName());
                        if (depth == 2 && "configurations".equals(path.get(1))) {
                            pids.add(parser.currentName().replaceFirst("~.*", ""));
                        }
                    }
                    case VALUE_STRING -> {
                        if ("bundles".equals(path.get(1)) && "id".equals(path.get(depth))) {
                            bundles.add(parser.getText().split(":")[1]);
                        }
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FeatureFile(name, bundles, pids);
    }

    /** Bundles whose names begin so. */
    List<String> bundlesBelow(List<String> prefixes) {
        return bundles.stream()
                .filter(bundle -> prefixes.stream().anyMatch(bundle::startsWith))
                .toList();
    }
}
