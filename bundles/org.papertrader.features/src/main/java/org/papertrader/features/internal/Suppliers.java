package org.papertrader.features.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/** Looks through the repositories on disk for a bundle that gives what another one needs. */
final class Suppliers {
    private static final int JARS_MAX = 5_000;

    private final Supplier<List<FolderRepository>> repositories;

    Suppliers(Supplier<List<FolderRepository>> repositories) {
        this.repositories = repositories;
    }

    /** Ends a sentence that begins with what is missing and 'which'. */
    String who(Missing missing) {
        String other = "";
        for (FolderRepository repository : repositories.get()) {
            try (Stream<Path> files = Files.walk(repository.root().toRealPath())) {
                for (Path file : files.filter(file -> file.toString().endsWith(".jar"))
                        .limit(JARS_MAX)
                        .toList()) {
                    Offer offer = offer(file, missing);
                    String named = file.getFileName() + " in " + repository.place() + " gives";
                    if (offer == Offer.FITS) {
                        return named;
                    }
                    other = offer == Offer.OTHER_VERSION ? named : other;
                }
            } catch (IOException | UncheckedIOException unreadable) {
                // A repository that cannot be read helps nobody.
            }
        }
        return "nothing in the repositories gives" + (other.isEmpty() ? "" : "; " + other + " another version");
    }

    /** What a jar has of what is missing. */
    enum Offer {
        FITS,
        OTHER_VERSION,
        NOTHING
    }

    private static Offer offer(Path jar, Missing missing) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            return manifest == null ? Offer.NOTHING : offer(manifest.getMainAttributes(), missing);
        } catch (IOException | IllegalArgumentException notABundle) {
            return Offer.NOTHING;
        }
    }

    private static Offer offer(Attributes attributes, Missing missing) {
        return switch (missing.kind()) {
            case Missing.PACKAGE ->
                Header.clauses(attributes.getValue(Constants.EXPORT_PACKAGE)).stream()
                        .filter(clause -> clause.names(missing.name()))
                        .findFirst()
                        .map(clause -> offer(missing, clause.version(Constants.VERSION_ATTRIBUTE)))
                        .orElse(Offer.NOTHING);
            case Missing.SERVICE ->
                offers(attributes.getValue(Constants.PROVIDE_CAPABILITY), missing.name()) ? Offer.FITS : Offer.NOTHING;
            default ->
                Header.clauses(attributes.getValue(Constants.BUNDLE_SYMBOLICNAME)).stream()
                                .anyMatch(clause -> clause.names(missing.name()))
                        ? offer(missing, Version.parseVersion(attributes.getValue(Constants.BUNDLE_VERSION)))
                        : Offer.NOTHING;
        };
    }

    private static Offer offer(Missing missing, Version version) {
        return missing.takes(version) ? Offer.FITS : Offer.OTHER_VERSION;
    }

    private static boolean offers(@Nullable String capabilities, String service) {
        String name = Pattern.quote(service);
        return capabilities != null
                && Pattern.compile("objectClass[^=]*=\"([^\"]*,)?" + name + "[,\"]")
                        .matcher(capabilities)
                        .find();
    }
}
