package org.papertrader.itests.bundles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A distribution's Maven-layout repository, where artifacts are named as bundles are. */
public final class Repository {

    private Repository() {}

    /** The jar of a bundle of a distribution; what reads the features is not in its repository. */
    public static Path shipped(Path home, String symbolicName) {
        try (Stream<Path> boot = Files.list(home.resolve("boot"))) {
            return boot.filter(jar -> jar.getFileName().toString().contains("-" + symbolicName + "-"))
                    .findFirst()
                    .orElseGet(() -> jar(home.resolve("repository"), symbolicName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar of a bundle. */
    public static Path jar(Path repository, String symbolicName) {
        try (Stream<Path> files = Files.walk(repository)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".jar")
                            && file.resolve("../..").normalize().endsWith(symbolicName))
                    .toList();
            if (found.size() != 1) {
                throw new IllegalStateException("one jar of " + symbolicName + " expected, found " + found);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
