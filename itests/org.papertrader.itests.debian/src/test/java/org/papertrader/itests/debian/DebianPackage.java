package org.papertrader.itests.debian;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A package, read.
 *
 * @param control its control files by name
 * @param files what it installs, by path from the root without the leading slash
 */
record DebianPackage(Map<String, Entry> control, Map<String, Entry> files) {
    private static final Pattern FIELD = Pattern.compile("(?m)^([A-Z][A-Za-z-]*): (.*)$");

    /**
     * A file, folder or link.
     *
     * @param mode rights, in octal
     * @param link where it points to; empty unless it is a link
     */
    record Entry(String mode, String owner, boolean folder, String link, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    static DebianPackage of(String role) throws IOException {
        String version = version().replace('-', '~');
        Path file = target(role).resolve("papertrader-" + role + "_" + version + "_all.deb");
        if (!Files.exists(file)) {
            throw new IllegalStateException("not built yet: " + file + "; it is made by mvn -Pdebian package");
        }
        Map<String, Map<String, Entry>> parts = new TreeMap<>();
        try (ArArchiveInputStream archive =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (ArArchiveEntry part = archive.getNextEntry(); part != null; part = archive.getNextEntry()) {
                if (part.getName().endsWith(".tar.gz")) {
                    parts.put(part.getName(), tar(archive));
                }
            }
        }
        return new DebianPackage(parts.get("control.tar.gz"), parts.get("data.tar.gz"));
    }

    /** The folder of the distribution that the package is made of. */
    static Path distribution(String role) {
        return target(role).resolve("papertrader-" + role + "-" + version());
    }

    static String version() {
        return System.getProperty("papertrader.it.version");
    }

    /** The one-line fields of the control file. */
    Map<String, String> fields() {
        return FIELD.matcher(control.get("control").text())
                .results()
                .collect(Collectors.toMap(field -> field.group(1), (MatchResult field) -> field.group(2)));
    }

    private static Path target(String role) {
        return Path.of(System.getProperty("papertrader.it.distributions"), role, "target");
    }

    private static Map<String, Entry> tar(InputStream compressed) throws IOException {
        Map<String, Entry> entries = new TreeMap<>();
        // Not closed: it is a part of a file that is read on.
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(compressed));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String name = entry.getName().replaceAll("^\\./|/$", "");
            entries.put(
                    name,
                    new Entry(
                            Integer.toOctalString(entry.getMode() & 0777),
                            entry.getUserName() + ":" + entry.getGroupName(),
                            entry.isDirectory(),
                            entry.isSymbolicLink() ? entry.getLinkName() : "",
                            tar.readAllBytes()));
        }
        return entries;
    }
}
