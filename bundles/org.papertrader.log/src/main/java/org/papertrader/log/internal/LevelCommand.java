package org.papertrader.log.internal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.log.front.LogLevels;
import org.papertrader.log.internal.Arguments.UsageException;

/**
 * Shell command {@code log:level}. It changes the configuration by {@code config:set}, so that there is one writer of
 * the operator's files, and with the rights of who typed it.
 */
@Component(
        service = LevelCommand.class,
        property = {"osgi.command.scope=log", "osgi.command.function=level"})
public final class LevelCommand {

    private static final String JSON = "--json";
    private static final String DEFAULT = "default";
    private static final String RESET = "reset";
    private static final Set<String> LEVELS = Set.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");
    private static final Pattern LOGGER = Pattern.compile("[A-Za-z_$][\\w$.-]{0,199}");

    private final LogLevels levels;

    @Activate
    public LevelCommand(@Reference LogLevels levels) {
        this.levels = levels;
    }

    /** Shows or sets levels. */
    @Descriptor("shows or sets from which level on is logged")
    public String level(CommandSession session, String... typed) throws Exception {
        try {
            Arguments arguments = Arguments.of(typed, Set.of(JSON), Set.of());
            List<String> plain = arguments.plain();
            return switch (plain.size()) {
                case 0 -> arguments.has(JSON) ? json() : table();
                case 1 -> one(logger(plain.get(0)), arguments.has(JSON));
                case 2 -> set(session, logger(plain.get(0)), plain.get(1));
                default -> throw new UsageException("too many words");
            };
        } catch (UsageException e) {
            throw e.withHelp("log:level");
        }
    }

    private String table() {
        SortedMap<String, String> rules = levels.rules();
        return "default " + levels.standard() + "\n"
                + rules.entrySet().stream()
                        .map(rule -> String.format("%-7s %s%n", rule.getValue(), rule.getKey()))
                        .collect(Collectors.joining());
    }

    private String json() {
        String rules = levels.rules().entrySet().stream()
                .map(rule -> "\"" + rule.getKey() + "\":\"" + rule.getValue() + "\"")
                .collect(Collectors.joining(","));
        return "{\"default\":\"" + levels.standard() + "\",\"rules\":{" + rules + "}}\n";
    }

    private String one(String logger, boolean isJson) {
        String level = logger.equals(DEFAULT) ? levels.standard() : levels.of(logger);
        return isJson ? "{\"logger\":\"" + logger + "\",\"level\":\"" + level + "\"}\n" : logger + " " + level + "\n";
    }

    private String set(CommandSession session, String logger, String wanted) throws Exception {
        String level = wanted.toUpperCase(Locale.ROOT);
        boolean isReset = wanted.equalsIgnoreCase(RESET);
        if (!isReset && !LEVELS.contains(level)) {
            throw new UsageException("'" + wanted + "' is no level");
        }
        if (logger.equals(DEFAULT)) {
            return configure(session, isReset ? "unset" : "set", "levelDefault", isReset ? "" : level);
        }
        Map<String, String> rules = new TreeMap<>(levels.rules());
        if (isReset && rules.remove(logger) == null) {
            throw new IllegalArgumentException("there is no rule for " + logger);
        } else if (!isReset) {
            rules.put(logger, level);
        }
        return configure(
                session,
                "set",
                "levels",
                rules.entrySet().stream()
                        .map(rule -> rule.getKey() + "=" + rule.getValue())
                        .collect(Collectors.joining(",")));
    }

    /** All parts are of characters that mean nothing to the shell. */
    private static String configure(CommandSession session, String command, String key, String value) throws Exception {
        String quoted = command.equals("set") ? " '" + value + "'" : "";
        Object answer = session.execute("config:" + command + " org.papertrader.log.front " + key + quoted);
        String text = answer == null ? "" : answer.toString();
        return text.isEmpty() ? "" : text + "\n";
    }

    private static String logger(String name) {
        if (!LOGGER.matcher(name).matches()) {
            throw new UsageException("'" + name + "' is no logger");
        }
        return name;
    }
}
