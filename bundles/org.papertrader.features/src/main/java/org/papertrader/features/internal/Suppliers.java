package org.papertrader.features.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks through the repositories on disk for a bundle that gives what another one needs. */
final class Suppliers {
    private static final int JARS_MAX = 5_000;

    private final Supplier<List<FolderRepository>> repositories;

    Suppliers(Supplier<List<FolderRepository>> repositories) {
        this.repositories = repositories;
    }

    /** Ends a sentence that begins with what is missing and 'which'. */
    String who(Missing missing) {
        for (FolderRepository repository : repositories.get()) {
            try (Stream<Path> files = Files.walk(repository.root())) {
                String found = files.filter(file -> file.toString().endsWith(".jar"))
                        .limit(JARS_MAX)
                        .filter(file -> gives(file, missing))
                        .map(file -> file.getFileName().toString())
                        .findFirst()
                        .orElse("");
                if (!found.isEmpty()) {
                    return found + " in " + repository.place() + " gives";
                }
            } catch (IOException unreadable) {
                // A repository that cannot be read helps nobody.
            }
        }
        return "nothing in the repositories gives";
    }

    static boolean gives(Path jar, Missing missing) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            return manifest != null && gives(manifest.getMainAttributes(), missing);
        } catch (IOException notAJar) {
            return false;
        }
    }

    private static boolean gives(Attributes attributes, Missing missing) {
        String name = Pattern.quote(missing.name());
        return switch (missing.kind()) {
            case Missing.PACKAGE -> find("(^|,)" + name + "(;|,|$)", attributes.getValue("Export-Package"));
            case Missing.SERVICE ->
                find("objectClass[^=]*=\"([^\"]*,)?" + name + "[,\"]", attributes.getValue("Provide-Capability"));
            default -> find("^" + name + "(;|$)", attributes.getValue("Bundle-SymbolicName"));
        };
    }

    private static boolean find(String pattern, @Nullable String header) {
        return header != null && Pattern.compile(pattern).matcher(header).find();
    }
}
