package org.papertrader.log.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to and, before it would outgrow its size, renamed to {@code .1}, {@code .2} and so on; the
 * oldest beyond the number kept are deleted, so all together never exceed size times number. A log tells on users,
 * so only its owner may read it where the file system knows owners. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

    private final Path file;
    private final long fileBytesMax;
    private final int filesMax;
    private @Nullable OutputStream out;
    private long size;

    /**
     * Nothing is opened yet.
     *
     * @param file the newest file; its folder is made when needed
     * @param fileBytesMax size of one file; each text written is at most as long
     * @param filesMax number of files kept, the newest included
     */
    RotatingFile(Path file, long fileBytesMax, int filesMax) {
        this.file = file;
        this.fileBytesMax = fileBytesMax;
        this.filesMax = filesMax;
    }

    /** Appends texts, each whole in one file, and hands them to the operating system before it returns. */
    void write(List<String> texts) throws IOException {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (out == null) {
                open();
            }
            if (size > 0 && size + bytes.length > fileBytesMax) {
                rotate();
            }
            if (out != null) {
                out.write(bytes);
                size += bytes.length;
            }
        }
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream closing = out;
        out = null;
        if (closing != null) {
            closing.close();
        }
    }

    private void open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.notExists(file)) {
            create();
        }
        out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.APPEND), 1 << 16);
        size = Files.size(file);
        deleteSurplus();
    }

    private void create() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private void rotate() throws IOException {
        close();
        Files.deleteIfExists(old(filesMax - 1));
        for (int n = filesMax - 2; n >= 1; n--) {
            if (Files.exists(old(n))) {
                Files.move(old(n), old(n + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (filesMax > 1) {
            Files.move(file, old(1), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(file);
        }
        open();
    }

    /** Fewer files may be kept now than when these were written. */
    private void deleteSurplus() throws IOException {
        String prefix = file.getFileName() + ".";
        try (Stream<Path> siblings = Files.list(file.toAbsolutePath().getParent())) {
            for (Path sibling : siblings.toList()) {
                String name = sibling.getFileName().toString();
                if (name.startsWith(prefix) && name.substring(prefix.length()).matches("[0-9]{1,4}")) {
                    if (Integer.parseInt(name.substring(prefix.length())) >= filesMax) {
                        Files.delete(sibling);
                    }
                }
            }
        }
    }

    private Path old(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
