package org.papertrader.shell.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import org.papertrader.shell.console.Secrets;

/** Secrets that this program was given, so that they can be looked for in what leaves it. */
final class KnownSecrets {
    private static final long FILE_BYTES_MAX = 65_536;
    private static final int FILES_MAX = 200;

    private final Collection<String> all = new TreeSet<>();

    /** Those among names and values whose name says so. */
    void add(Map<String, ?> values) {
        values.forEach((name, value) -> {
            if (Secrets.isSecret(name) && !Secrets.isPlace(name)) {
                all.add(String.valueOf(value));
            }
        });
    }

    /** What a file says in each of its lines. */
    void addFile(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= FILE_BYTES_MAX) {
                Files.readString(file).lines().forEach(all::add);
            }
        } catch (IOException e) {
            // One that cannot be read as text cannot be in text either.
            return;
        }
    }

    /** The files of a folder. */
    void addFolder(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            int count = 0;
            for (Path file : files) {
                if (count++ == FILES_MAX) {
                    return;
                }
                addFile(file);
            }
        } catch (IOException none) {
            // Without a folder there is nothing in it.
            return;
        }
    }

    Collection<String> all() {
        return all;
    }
}
