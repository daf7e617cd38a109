package org.papertrader.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Where the packaged distributions are, and how they are started. */
final class Distributions {
    static final String READY = "ready: ";

    // Set by picocli before the command runs.
    @Option(
            names = "--distributions",
            paramLabel = "DIR",
            defaultValue = "distribution",
            description = "Folder of the built distributions (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("distribution");

    private String prefixedRole = "";
    private List<String> prefix = List.of();

    /** The same, where the command of one role is preceded by another, for example a tracer. */
    Distributions prefixed(String role, List<String> command) {
        Distributions other = new Distributions();
        other.folder = folder;
        other.prefixedRole = role;
        other.prefix = command;
        return other;
    }

    /**
     * Starts one, and waits until it accepts connections.
     *
     * @param role master, worker or standalone
     * @param settings operator values, {@code PID:KEY=VALUE}
     * @param javaOptions JVM options after the built-in ones
     */
    Server start(String role, Path data, List<String> settings, String javaOptions)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(role.equals(prefixedRole) ? prefix : List.of());
        command.addAll(List.of(home(role).resolve("bin/papertrader-" + role).toString(), "--data", data.toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        int ports = role.equals("standalone") ? 2 : 1;
        return Server.start(role, command, Map.of("JAVA_OPTS", javaOptions), READY, ports);
    }

    private Path home(String role) throws IOException {
        Path target = folder.resolve(role).resolve("target");
        if (Files.isDirectory(target)) {
            try (Stream<Path> homes = Files.list(target)) {
                Path found = homes.filter(home -> Files.isDirectory(home.resolve("bin")))
                        .findFirst()
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new IOException("no distribution " + role + " in " + target.toAbsolutePath() + "; ./papertrader build");
    }
}
