package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.papertrader.shell.text.Size;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory that shall get a database: checked, made, and cleared again when nothing came of it. */
final class TargetFolder {
    private static final String CHANGES = H2Files.NAME + ".changes";

    /** What a copy needs beyond the size of the original: for indexes in another order, and what comes meanwhile. */
    private static final long SPARE_BYTES = 64L << 20;

    /** A fresh file system has this one. */
    private static final Set<String> IGNORED = Set.of("lost+found");

    private static final Set<String> OURS =
            Set.of(H2Files.NAME + ".mv.db", H2Files.NAME + ".trace.db", CHANGES, H2Files.NAME + ".probe");

    /** Characters that mean something to H2's addresses, to the shell, or to a terminal. */
    private static final Pattern UNFIT = Pattern.compile("[;'\"\\\\$\\p{Cntrl}]");

    private static final Logger LOG = LoggerFactory.getLogger(TargetFolder.class);

    private final Path directory;
    private final List<Path> made = new ArrayList<>();

    private TargetFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Checks a directory for a copy of a database and makes it where it is missing.
     *
     * @throws StorageCommandException with the reason when it will not do
     */
    static TargetFolder of(Path directory, Path original) throws StorageCommandException {
        if (UNFIT.matcher(directory.toString()).find()) {
            throw new StorageCommandException("a directory's name must not have any of ; ' \" \\ $ in it");
        }
        try {
            requireEmpty(directory);
        } catch (IOException e) {
            throw new StorageCommandException("nothing can be read in " + directory + ": " + e);
        }
        // From here on all that is in it is ours.
        TargetFolder folder = new TargetFolder(directory);
        boolean fit = false;
        try {
            folder.make();
            folder.probe();
            requireSpace(directory, Files.size(H2Files.file(original)));
            fit = true;
            return folder;
        } catch (IOException e) {
            throw new StorageCommandException("nothing can be written to " + directory + ": " + e);
        } finally {
            if (!fit) {
                folder.clear();
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** The file for what is changed while it is copied. */
    Path changes() {
        return directory.resolve(CHANGES);
    }

    /** Deletes what was made. */
    void clear() {
        try {
            for (String name : OURS) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Collections.reverse(made);
            for (Path path : made) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A disk that is gone cannot be cleared either; what is left on it says itself what it is.
            LOG.warn("{} could not be cleared.", directory, e);
        }
    }

    private static void requireEmpty(Path directory) throws IOException, StorageCommandException {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new StorageCommandException(directory + " is no directory");
        }
        try (Stream<Path> content = Files.list(directory)) {
            List<String> names = content.map(path -> path.getFileName().toString())
                    .filter(name -> !IGNORED.contains(name))
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                throw new StorageCommandException(directory + " is not empty, it has " + names.get(0)
                        + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "")
                        + ": take another directory, or move away what is there");
            }
        }
    }

    private void make() throws IOException {
        for (Path path = directory; path != null && !Files.exists(path); path = path.getParent()) {
            made.add(path);
        }
        Collections.reverse(made);
        H2Files.prepare(directory);
    }

    /** Whether files can be written, locked and put on disk there. */
    private void probe() throws IOException {
        Path probe = directory.resolve(H2Files.NAME + ".probe");
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new IOException("files cannot be locked there");
            }
            channel.force(true);
        } finally {
            Files.deleteIfExists(probe);
        }
    }

    private static void requireSpace(Path directory, long bytes) throws IOException, StorageCommandException {
        long needed = bytes + SPARE_BYTES;
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < needed) {
            throw new StorageCommandException(
                    directory + " has " + new Size(free) + " free, " + new Size(needed) + " are needed");
        }
    }
}
