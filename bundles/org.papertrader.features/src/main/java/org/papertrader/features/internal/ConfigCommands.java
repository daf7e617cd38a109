package org.papertrader.features.internal;

import java.util.Locale;
import java.util.Map;
import org.papertrader.features.internal.Configurations.Origin;
import org.papertrader.features.internal.Configurations.Setting;

/** Shell commands of scope {@code config}. */
final class ConfigCommands {
    static final String SCOPE = "config";
    static final String[] FUNCTIONS = {"get", "set", "unset"};

    private final Configurations configurations;

    ConfigCommands(Configurations configurations) {
        this.configurations = configurations;
    }

    /** Lists every PID and how many of its values the operator has set. */
    public String get() throws FeatureException {
        StringBuilder text = new StringBuilder();
        for (String pid : configurations.knownPids()) {
            Map<String, Setting> settings = configurations.settings(pid);
            long own = settings.values().stream()
                    .filter(setting -> setting.origin() != Origin.DEFAULT)
                    .count();
            text.append(String.format(
                    Locale.ROOT, "%-60s %s%n", pid, own == 0 ? "defaults" : own + " of " + settings.size() + " set"));
        }
        return text.toString().stripTrailing();
    }

    /** Lists the values of one PID with their origin, and the default where it is another. */
    public String get(String pid) throws FeatureException {
        Map<String, Setting> settings = configurations.settings(pid);
        if (settings.isEmpty()) {
            return pid + " has no values here; its components use their built-in defaults";
        }
        int width = settings.keySet().stream().mapToInt(String::length).max().orElse(1);
        StringBuilder text = new StringBuilder();
        settings.forEach((key, setting) -> text.append(
                String.format(Locale.ROOT, "%-" + width + "s = %s%s%n", key, setting.value(), origin(setting))));
        return text.toString().stripTrailing();
    }

    /** Sets one value in the operator's file; it takes effect at once. */
    public String set(String pid, String key, String value) throws FeatureException {
        configurations.set(pid, key, value);
        return overridden(pid, key);
    }

    /** Takes one value out of the operator's file; the default is in effect again. */
    public String unset(String pid, String key) throws FeatureException {
        if (!configurations.unset(pid, key)) {
            return "not set: " + pid + " " + key;
        }
        return overridden(pid, key);
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
