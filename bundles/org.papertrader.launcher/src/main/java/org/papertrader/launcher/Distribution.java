package org.papertrader.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An unpacked distribution on disk.
 *
 * @param home its top directory
 * @param role {@code master}, {@code worker} or {@code standalone}
 * @param version its version
 * @param features names of the features that it runs, in order
 */
record Distribution(Path home, String role, String version, List<String> features) {

    private static final String TERMINAL_FEATURE = "shell.terminal";

    /** Reads {@code distribution.properties}. */
    static Distribution at(Path home) throws LaunchException {
        Path file = home.resolve("distribution.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new LaunchException(ExitCode.START_FAILED, "no PaperTrader distribution: cannot read " + file, e);
        }
        return new Distribution(
                home,
                required(properties, "role", file),
                required(properties, "version", file),
                List.of(required(properties, "features", file).split("\\s*,\\s*")));
    }

    /** The bundles that the launcher itself starts, by file name. */
    List<Path> bootBundles() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("boot"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** The features to run as a comma separated list, with the shell on the terminal when it is wanted. */
    String featureList(boolean shell) {
        Stream<String> names = features.stream();
        return (shell ? Stream.concat(names, Stream.of(TERMINAL_FEATURE)) : names).collect(Collectors.joining(","));
    }

    private static String required(Properties properties, String key, Path file) throws LaunchException {
        String value = properties.getProperty(key, "").trim();
        if (value.isEmpty()) {
            throw new LaunchException(ExitCode.START_FAILED, file + " has no '" + key + "'");
        }
        return value;
    }
}
