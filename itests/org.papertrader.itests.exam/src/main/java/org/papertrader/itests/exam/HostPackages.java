package org.papertrader.itests.exam;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.DefaultCompositeOption;

/**
 * Lets tests in the container use libraries of the host, such as an assertion library: the framework exports their
 * packages, so the container holds no further bundles, and the classes are the same on both sides.
 */
public final class HostPackages {

    private HostPackages() {}

    /**
     * Shares whole libraries.
     *
     * @param anyClasses any class of each library
     * @return one option for all packages of these libraries
     */
    public static Option ofLibraries(Class<?>... anyClasses) {
        DefaultCompositeOption options = new DefaultCompositeOption();
        for (Class<?> anyClass : anyClasses) {
            for (String name : packages(anyClass)) {
                options.add(CoreOptions.systemPackage(name));
            }
        }
        return options;
    }

    private static Set<String> packages(Class<?> anyClass) {
        Path place = place(anyClass);
        try {
            if (Files.isDirectory(place)) {
                return packages(place);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return packages(jar.getPath("/"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the packages of " + place, e);
        }
    }

    private static Set<String> packages(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> root.relativize(file).getParent())
                    .filter(folder -> folder != null && !folder.startsWith("META-INF"))
                    .forEach(folder -> names.add(folder.toString().replaceAll("[/\\\\]", ".")));
        }
        return names;
    }

    private static Path place(Class<?> anyClass) {
        CodeSource source = anyClass.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException(anyClass + " is part of the Java platform");
        }
        try {
            URI location = source.getLocation().toURI();
            return Path.of(location);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no file: " + source.getLocation(), e);
        }
    }
}
