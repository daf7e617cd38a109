package org.papertrader.deploy.internal;

import java.io.File;
import java.io.IOException;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * What a jar's manifest says of the bundle in it.
 *
 * @param symbolicName without directives
 * @param hasDirectives true when the header has more than the name
 * @param singleton true when no two versions may be resolved at once
 */
record BundleName(String symbolicName, Version version, boolean hasDirectives, boolean singleton) {

    /** Empty when the file is no jar or has no symbolic name. */
    static Optional<BundleName> of(File file) {
        try (JarFile jar = new JarFile(file)) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? Optional.empty() : of(manifest.getMainAttributes());
        } catch (IOException | IllegalArgumentException noBundle) {
            // File Install says what is wrong with such a file.
            return Optional.empty();
        }
    }

    private static Optional<BundleName> of(Attributes headers) {
        String header = headers.getValue(Constants.BUNDLE_SYMBOLICNAME);
        if (header == null) {
            return Optional.empty();
        }
        String[] clauses = header.replaceAll("[\\s\"]", "").split(";", -1);
        boolean singleton = false;
        for (String clause : clauses) {
            singleton |= clause.equals(Constants.SINGLETON_DIRECTIVE + ":=true");
        }
        return Optional.of(new BundleName(
                clauses[0],
                Version.parseVersion(headers.getValue(Constants.BUNDLE_VERSION)),
                clauses.length > 1,
                singleton));
    }
}
