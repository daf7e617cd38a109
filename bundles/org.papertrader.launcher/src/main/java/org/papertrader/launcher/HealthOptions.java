package org.papertrader.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * The command line of {@code health}, read.
 *
 * @param data data directory of the program that is asked
 * @param page path of the HTTP page that answers
 * @param json whether the answer is for machines
 * @param timeout how long all may take
 * @param help whether only the usage is wanted
 */
record HealthOptions(Path data, String page, boolean json, Duration timeout, boolean help) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int SECONDS_MAX = 3_600;

    /**
     * Reads the arguments.
     *
     * @throws LaunchException naming the argument that is wrong
     */
    static HealthOptions parse(List<String> arguments) throws LaunchException {
        HealthOptions options = new HealthOptions(Path.of("data"), "/health", false, TIMEOUT, false);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    static String help(String program) {
        return """
            Usage: %s health [options]

            Asks the running program how it is, through DATA/http.

              --data DIR   its data directory (default: ./data)
              --live       only whether it is alive: a restart would help if not
              --ready      only whether it can serve
              --json       for machines
              --timeout S  seconds to wait for the answer (default: 5)
              --help       print this and exit

            Exit codes: 0 ok, 1 it serves, with a warning, 2 critical, 3 not running or no
            answer (or wrong arguments).
            """.formatted(program);
    }

    private HealthOptions with(String argument, Iterator<String> rest) throws LaunchException {
        int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
        String name = equals < 0 ? argument : argument.substring(0, equals);
        return switch (name) {
            case "--data" -> new HealthOptions(Path.of(value(argument, equals, rest)), page, json, timeout, help);
            case "--live" -> new HealthOptions(data, "/health/live", json, timeout, help);
            case "--ready" -> new HealthOptions(data, "/health/ready", json, timeout, help);
            case "--json" -> new HealthOptions(data, page, true, timeout, help);
            case "--timeout" -> new HealthOptions(data, page, json, seconds(value(argument, equals, rest)), help);
            case "--help", "-h" -> new HealthOptions(data, page, json, timeout, true);
            default -> throw usage("unknown argument '" + argument + "'");
        };
    }

    private static String value(String argument, int equals, Iterator<String> rest) throws LaunchException {
        String value = equals >= 0 ? argument.substring(equals + 1) : rest.hasNext() ? rest.next() : "";
        if (value.isEmpty()) {
            throw usage("'" + argument + "' needs a value");
        }
        return value;
    }

    private static Duration seconds(String text) throws LaunchException {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds >= 1 && seconds <= SECONDS_MAX) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Said below, as for numbers out of range.
        }
        throw usage("--timeout wants seconds, 1 to " + SECONDS_MAX + ", not '" + text + "'");
    }

    private static LaunchException usage(String line) {
        return new LaunchException(HealthExit.UNKNOWN, line + " (try --help)");
    }
}
