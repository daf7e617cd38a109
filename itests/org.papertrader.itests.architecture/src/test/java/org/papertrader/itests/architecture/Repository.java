package org.papertrader.itests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files that the tests of this module look at: sources, documents, built jars. */
final class Repository {
    private static final List<String> MODULE_FOLDERS =
            List.of("bundles", "distribution", "features", "itests", "bench");

    private Repository() {}

    static Path root() {
        return Path.of(required("papertrader.it.root")).toAbsolutePath().normalize();
    }

    static String version() {
        return required("papertrader.it.version");
    }

    /** A new folder that a test may fill. */
    static Path work(String name) {
        try {
            Path parent = Files.createDirectories(Path.of(required("papertrader.it.work")));
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String relative) {
        return text(root().resolve(relative));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the folders of {@code bundles/} that are modules, sorted. */
    static List<String> bundleFolders() {
        try (Stream<Path> folders = Files.list(root().resolve("bundles"))) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar that the build made of a folder of {@code bundles/}. */
    static Path jar(String bundle) {
        Path jar =
                root().resolve("bundles").resolve(bundle).resolve("target").resolve(bundle + "-" + version() + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("not built yet: " + jar + "; run 'mvn package' first");
        }
        return jar;
    }

    static List<BuiltBundle> bundles() {
        return bundleFolders().stream()
                .map(name -> BuiltBundle.read(name, jar(name)))
                .toList();
    }

    /** All Java files of this repository, main and test. */
    static List<SourceFile> sources() {
        return MODULE_FOLDERS.stream()
                .map(root()::resolve)
                .filter(Files::isDirectory)
                .flatMap(folder -> files(folder, file -> file.toString().endsWith(".java")).stream())
                .map(file -> new SourceFile(root().relativize(file).toString(), text(file)))
                .toList();
    }

    /** Files below a folder, sorted, without what the build made. */
    static List<Path> files(Path folder, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .filter(file -> !("/" + folder.relativize(file) + "/").contains("/target/"))
                    .filter(Files::isRegularFile)
                    .filter(wanted)
                    .collect(() -> new TreeSet<Path>(), TreeSet::add, TreeSet::addAll)
                    .stream()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String required(String systemProperty) {
        String value = System.getProperty(systemProperty);
        if (value == null) {
            throw new IllegalStateException("system property " + systemProperty + " is not set; see the module's pom");
        }
        return value;
    }
}
