package org.papertrader.itests.architecture;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;

/**
 * A jar as its manifest and its table of contents describe it.
 *
 * @param name symbolic name
 * @param imports packages of its Import-Package
 * @param exports packages of its Export-Package, each with its version or an empty text
 * @param packages packages of the classes inside
 */
record BuiltBundle(String name, Set<String> imports, Map<String, String> exports, Set<String> packages) {

    static BuiltBundle read(String name, Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Domain manifest = Domain.domain(file.getManifest());
            Map<String, String> exports = new TreeMap<>();
            Parameters exported = manifest.getExportPackage();
            exported.forEach((pack, attributes) -> exports.put(pack, version(attributes)));
            Set<String> packages = new TreeSet<>();
            file.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.endsWith(".class") && entry.contains("/"))
                    .forEach(entry -> packages.add(
                            entry.substring(0, entry.lastIndexOf('/')).replace('/', '.')));
            String symbolicName = manifest.getBundleSymbolicName() == null
                    ? name
                    : manifest.getBundleSymbolicName().getKey();
            return new BuiltBundle(
                    symbolicName,
                    new LinkedHashSet<>(manifest.getImportPackage().keySet()),
                    exports,
                    packages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Contracts: what providers may see of PaperTrader. */
    boolean isApi() {
        return name.endsWith(".api") || name.equals("org.papertrader.model") || name.equals("org.papertrader.gate");
    }

    private static String version(Attrs attributes) {
        String version = attributes.getVersion();
        return version == null ? "" : version;
    }
}
