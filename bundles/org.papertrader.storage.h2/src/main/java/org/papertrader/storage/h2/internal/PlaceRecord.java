package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small file that has the directory of the database that was used last. It keeps a slip in the configuration from
 * beginning with an empty database beside the one that has all the accounts.
 *
 * @param file null for none
 */
record PlaceRecord(@Nullable Path file) {

    /** The directory noted last. */
    Optional<Path> read() throws IOException {
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file).strip();
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException e) {
            throw new IOException(file + " has no directory in it", e);
        }
    }

    /** Notes a directory, on disk when this returns. */
    void write(Path directory) throws IOException {
        if (file == null || read().filter(directory::equals).isPresent()) {
            return;
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap((directory + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        H2Files.sync(Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a directory"));
    }
}
