package org.papertrader.features.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the shell's Tab key offers where a command wants a feature, a PID, a key or a value. */
public final class ConfigValues {
    static final String KINDS_SCOPE = "values";
    static final String[] KINDS = {"feature", "pid", "key", "value"};

    private final Installed installed;
    private final LiveFeatures live;
    private final Configurations configurations;

    ConfigValues(Installed installed, LiveFeatures live, Configurations configurations) {
        this.installed = installed;
        this.live = live;
        this.configurations = configurations;
    }

    /** Features that run or are in a repository. */
    public Collection<String> feature(String... words) throws FeatureException {
        Set<String> names = new TreeSet<>();
        installed.get().forEach(feature -> names.add(feature.name()));
        live.catalog()
                .features(trouble -> {})
                .forEach(found -> names.add(found.id().artifact()));
        return names;
    }

    /** PIDs. */
    public Collection<String> pid(String... words) {
        return configurations.knownPids();
    }

    /** Keys of the PID, which is the first word. */
    public Collection<String> key(String... words) throws FeatureException {
        Set<String> keys = new TreeSet<>(configurations.settings(words[0]).keySet());
        keys.removeIf(key -> key.indexOf('.') >= 0);
        return keys;
    }

    /** Texts that the key, which is the second word, may have, or the one that it has. */
    public Collection<String> value(String... words) throws FeatureException {
        if (words.length < 2) {
            return List.of();
        }
        Attribute attribute = configurations.attributes(words[0]).get(words[1]);
        List<String> values = new ArrayList<>();
        if (attribute != null && !attribute.options().isEmpty()) {
            values.addAll(attribute.options());
        } else if (attribute != null && attribute.type().equalsIgnoreCase("boolean")) {
            values.addAll(List.of("true", "false"));
        } else if (!Attribute.isSecret(words[1], attribute)) {
            Configurations.Setting setting = configurations.settings(words[0]).get(words[1]);
            if (setting != null && !setting.value().isEmpty()) {
                values.add(setting.value());
            }
        }
        return values;
    }
}
