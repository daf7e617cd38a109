package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Own copies of all that was installed, named by their SHA-256: what was checked is what runs, whatever happens to the
 * repository it came from.
 */
final class Store {
    private static final int FILE_BYTES_MAX = 64 << 20;

    private final Path folder;

    Store(Path folder) {
        this.folder = folder;
    }

    /** Keeps a copy; on the disk when this returns. */
    Stored put(String name, byte[] content) throws IOException {
        String sha256 = Checksum.of(content, "SHA-256");
        Path target = file(sha256, name);
        if (!Files.isRegularFile(target)) {
            Files.createDirectories(target.getParent());
            Path next = target.resolveSibling(name + ".part");
            Files.write(next, content);
            try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(next, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Stored(target, sha256);
    }

    /** A copy's place; whether it is there is another matter. */
    Path file(String sha256, String name) {
        return folder.resolve(sha256).resolve(name);
    }

    /** Deletes all copies but those with these SHA-256. */
    void keepOnly(Set<String> hashes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> !file.equals(folder)
                            && !hashes.contains(
                                    folder.relativize(file).getName(0).toString()))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Reads all of it, no more than a bundle may have. */
    static byte[] read(InputStream in) throws IOException {
        byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
        if (content.length > FILE_BYTES_MAX) {
            throw new IOException("larger than " + FILE_BYTES_MAX + " bytes");
        }
        return content;
    }

    /** A copy. */
    record Stored(Path file, String sha256) {}
}
