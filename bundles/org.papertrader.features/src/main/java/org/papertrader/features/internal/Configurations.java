package org.papertrader.features.internal;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The configuration in effect: feature defaults, overlaid by the operator's files, overlaid by the command line. Safe
 * for use by several threads.
 */
final class Configurations {
    private final OperatorFolder folder;
    private final Overrides overrides;
    private final ConfigurationStore store;
    private final Metatype metatype;
    private final Consumer<String> notice;
    private final Consumer<String> changed;

    private final Map<String, Map<String, Object>> defaults = new HashMap<>();
    /** Texts as last seen, also of files that are not good. */
    private final Map<String, String> seen = new HashMap<>();
    /** The last good values of each file. */
    private final Map<String, Map<String, String>> operator = new HashMap<>();

    private final Set<String> stored = new HashSet<>();
    private boolean begun;

    /**
     * {@code notice} takes a line for the operator when a change cannot be used, {@code changed} one for each change of a
     * file that is in effect.
     */
    Configurations(
            OperatorFolder folder,
            Overrides overrides,
            ConfigurationStore store,
            Metatype metatype,
            Consumer<String> notice,
            Consumer<String> changed) {
        this.folder = folder;
        this.overrides = overrides;
        this.store = store;
        this.metatype = metatype;
        this.notice = notice;
        this.changed = changed;
    }

    /**
     * Puts everything in effect for the first time.
     *
     * @param standard values of the features by PID; of two features that name one key the later wins
     * @throws FeatureException when a file or a command line value is not good: at the start nothing is guessed
     */
    synchronized void begin(Map<String, Map<String, Object>> standard) throws FeatureException {
        defaults.putAll(standard);
        for (String pid : overrides.byPid().keySet()) {
            try {
                effective(pid, Map.of());
            } catch (FeatureException e) {
                throw new FeatureException("--set " + pid + ":" + e.line(), e);
            }
        }
        try {
            Map<String, String> texts = folder.texts();
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                accept(entry.getKey(), entry.getValue());
            }
            for (String pid : pids()) {
                store(pid);
            }
            begun = true;
        } catch (IOException e) {
            throw new FeatureException("configuration cannot be applied: " + e.getMessage(), e);
        }
    }

    /** Gives the operator's values the types that a bundle says which has come after they were written. */
    synchronized void described() {
        Set<String> concerned = new TreeSet<>(operator.keySet());
        concerned.addAll(overrides.byPid().keySet());
        for (String pid : begun ? concerned : Set.<String>of()) {
            try {
                store(pid);
            } catch (FeatureException e) {
                notice.accept(pid + ": " + e.line() + "; the values before stay in effect");
            } catch (IOException e) {
                notice.accept(pid + " cannot be applied: " + e.getMessage());
            }
        }
    }

    /**
     * Looks at values that shall become defaults: one that a bundle cannot read would end its work, perhaps only at the next
     * restart.
     *
     * @throws FeatureException naming the first that is no value of its key
     */
    synchronized void requireGood(Map<String, Map<String, Object>> standard) throws FeatureException {
        for (Map.Entry<String, Map<String, Object>> entry : standard.entrySet()) {
            Map<String, Object> present = defaults.getOrDefault(entry.getKey(), Map.of());
            Map<String, Attribute> attributes = metatype.of(entry.getKey());
            for (Map.Entry<String, Object> value : entry.getValue().entrySet()) {
                Attribute attribute = attributes.get(value.getKey());
                String text = Overlay.text(value.getValue());
                if (attribute != null && !text.equals(Overlay.text(present.get(value.getKey())))) {
                    try {
                        attribute.value(text);
                    } catch (FeatureException e) {
                        throw new FeatureException("it cannot configure " + entry.getKey() + ": " + e.line(), e);
                    }
                }
            }
        }
    }

    /** Makes other values the defaults, while all else stays. */
    synchronized void standard(Map<String, Map<String, Object>> standard) throws FeatureException {
        Set<String> concerned = new TreeSet<>(defaults.keySet());
        concerned.addAll(standard.keySet());
        defaults.clear();
        defaults.putAll(standard);
        try {
            for (String pid : concerned) {
                store(pid);
            }
        } catch (IOException e) {
            throw new FeatureException("configuration cannot be applied: " + e.getMessage(), e);
        }
    }

    /** What the operator wrote for a PID, command line above file, as it is now on disk. */
    Map<String, String> written(String pid) throws FeatureException {
        Map<String, String> written = new HashMap<>(folder.file(pid).values());
        written.putAll(overrides.of(pid));
        return written;
    }

    /** Puts in effect what changed in the operator's files; what is not good is reported once, and the old stays. */
    synchronized void refresh() {
        try {
            Map<String, String> texts = folder.texts();
            Set<String> changed = new TreeSet<>(seen.keySet());
            changed.addAll(texts.keySet());
            changed.removeIf(pid -> texts.containsKey(pid) && texts.get(pid).equals(seen.get(pid)));
            for (String pid : changed) {
                refresh(pid, texts);
            }
        } catch (IOException e) {
            notice.accept(folder.path() + " cannot be read: " + e.getMessage());
        }
    }

    /** Writes one value to the operator's file of the PID and puts it in effect. */
    synchronized void set(String pid, String key, String value) throws FeatureException {
        if (!isKey(pid, key)) {
            throw new FeatureException(pid + " has no key '" + key + "'; it has "
                    + String.join(", ", new TreeSet<>(metatype.of(pid).keySet())));
        }
        Attribute attribute = attributes(pid).get(key);
        if (attribute != null) {
            // By itself: where the command line has a value of its own, this one takes effect after a restart only.
            attribute.value(value);
        }
        OperatorFile changed = folder.file(pid).with(key, value);
        effective(pid, changed.values());
        folder.write(pid, changed);
        refresh();
    }

    /** Takes one value out of the operator's file of the PID; the default is in effect again. */
    synchronized boolean unset(String pid, String key) throws FeatureException {
        OperatorFile before = folder.file(pid);
        if (!before.values().containsKey(key)) {
            return false;
        }
        folder.write(pid, before.without(key));
        refresh();
        return true;
    }

    /** All PIDs that have a default or an operator's value. */
    synchronized Set<String> pids() {
        Set<String> pids = new TreeSet<>(defaults.keySet());
        pids.addAll(operator.keySet());
        pids.addAll(overrides.byPid().keySet());
        return pids;
    }

    /** All of {@link #pids}, and those that a bundle describes; a factory only with its instances. */
    synchronized Set<String> knownPids() {
        Set<String> known = pids();
        Set<String> factories = new HashSet<>();
        for (String pid : known) {
            factories.add(pid.replaceFirst("~.*", ""));
        }
        for (String described : metatype.pids()) {
            if (!factories.contains(described)) {
                known.add(described);
            }
        }
        return known;
    }

    /** Every value of the PID with its default and where it comes from, by key; secrets are hidden. */
    synchronized Map<String, Setting> settings(String pid) throws FeatureException {
        Map<String, Setting> settings = new TreeMap<>();
        Map<String, Object> standard = defaults.getOrDefault(pid, Map.of());
        Map<String, Attribute> attributes = metatype.of(pid);
        attributes.forEach((key, attribute) ->
                settings.put(key, new Setting(attribute.standard(), attribute.standard(), Origin.DEFAULT)));
        effective(pid, operator.getOrDefault(pid, Map.of()))
                .forEach((key, value) -> settings.put(
                        key, new Setting(Overlay.text(value), standard(key, standard, attributes), origin(pid, key))));
        settings.replaceAll(
                (key, setting) -> Attribute.isSecret(key, attributes.get(key)) ? setting.hidden() : setting);
        return settings;
    }

    /** What bundles say about the keys of a PID; empty when they say nothing. */
    Map<String, Attribute> attributes(String pid) {
        return metatype.of(pid);
    }

    /**
     * One value in effect, as text.
     *
     * @param standard the feature's default, or empty
     */
    record Setting(String value, String standard, Origin origin) {
        private static final String HIDDEN = "***";

        /** The same, but for secrets. */
        Setting hidden() {
            return new Setting(value.isEmpty() ? "" : HIDDEN, standard.isEmpty() ? "" : HIDDEN, origin);
        }
    }

    /** Where a value comes from. */
    enum Origin {
        DEFAULT,
        FILE,
        COMMAND_LINE
    }

    private static String standard(String key, Map<String, Object> standard, Map<String, Attribute> attributes) {
        Attribute attribute = attributes.get(key);
        return standard.containsKey(key) || attribute == null ? Overlay.text(standard.get(key)) : attribute.standard();
    }

    /** Whether the PID takes the key, as far as one can tell; names with a dot are for DS, such as targets. */
    private boolean isKey(String pid, String key) {
        Map<String, Attribute> attributes = metatype.of(pid);
        return attributes.isEmpty()
                || attributes.containsKey(key)
                || key.indexOf('.') >= 0
                || defaults.getOrDefault(pid, Map.of()).containsKey(key);
    }

    private Origin origin(String pid, String key) {
        if (overrides.of(pid).containsKey(key)) {
            return Origin.COMMAND_LINE;
        }
        return operator.getOrDefault(pid, Map.of()).containsKey(key) ? Origin.FILE : Origin.DEFAULT;
    }

    private void refresh(String pid, Map<String, String> texts) throws IOException {
        Map<String, String> before = operator.getOrDefault(pid, Map.of());
        try {
            String text = texts.get(pid);
            if (text == null) {
                seen.remove(pid);
                operator.remove(pid);
            } else {
                accept(pid, text);
            }
            store(pid);
            tellChanges(pid, before, operator.getOrDefault(pid, Map.of()));
        } catch (FeatureException e) {
            notice.accept(e.line() + "; the values before stay in effect");
        }
    }

    private void tellChanges(String pid, Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
        Map<String, Attribute> attributes = keys.isEmpty() ? Map.of() : metatype.of(pid);
        for (String key : keys) {
            String value = after.get(key);
            String shown = Attribute.isSecret(key, attributes.get(key)) ? Setting.HIDDEN : value;
            changed.accept(
                    value == null
                            ? pid + " " + key + " has its default again"
                            : pid + " " + key + " is set to " + shown);
        }
    }

    private void accept(String pid, String text) throws FeatureException {
        seen.put(pid, text);
        try {
            Map<String, String> values = new OperatorFile(text).values();
            effective(pid, values);
            operator.put(pid, values);
            for (String key : values.keySet()) {
                if (!isKey(pid, key)) {
                    notice.accept(folder.path().resolve(pid + ".cfg") + ": there is no key '" + key + "'");
                }
            }
        } catch (FeatureException e) {
            throw new FeatureException(folder.path().resolve(pid + ".cfg") + ": " + e.line(), e);
        }
    }

    private void store(String pid) throws FeatureException, IOException {
        if (pids().contains(pid)) {
            store.put(pid, effective(pid, operator.getOrDefault(pid, Map.of())));
            stored.add(pid);
        } else if (stored.remove(pid)) {
            store.remove(pid);
        }
    }

    private Map<String, Object> effective(String pid, Map<String, String> values) throws FeatureException {
        Map<String, String> all = new HashMap<>(values);
        all.putAll(overrides.of(pid));
        if (pid.equals(FeatureSettings.PID)) {
            FeatureSettings.of(all);
        }
        Map<String, Attribute> attributes = all.isEmpty() ? Map.of() : metatype.of(pid);
        return Overlay.effective(defaults.getOrDefault(pid, Map.of()), all, attributes);
    }
}
