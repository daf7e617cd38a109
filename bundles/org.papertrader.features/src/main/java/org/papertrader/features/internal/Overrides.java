package org.papertrader.features.internal;

import java.util.HashMap;
import java.util.Map;

/** Values given on the command line, above all files: lines of {@code pid:key=value}. */
record Overrides(Map<String, Map<String, String>> byPid) {

    Overrides {
        byPid = Map.copyOf(byPid);
    }

    static Overrides parse(String lines) {
        Map<String, Map<String, String>> byPid = new HashMap<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            int colon = line.lastIndexOf(':', equals);
            byPid.computeIfAbsent(line.substring(0, colon), pid -> new HashMap<>())
                    .put(line.substring(colon + 1, equals), line.substring(equals + 1));
        });
        return new Overrides(byPid);
    }

    Map<String, String> of(String pid) {
        return byPid.getOrDefault(pid, Map.of());
    }
}
