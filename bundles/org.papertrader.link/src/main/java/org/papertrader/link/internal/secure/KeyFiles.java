package org.papertrader.link.internal.secure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files of keys and passphrases: bounded, and secret ones readable by their owner only. */
public final class KeyFiles {
    /** Largest file that is read, in bytes. */
    static final int BYTES_MAX = 64 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private KeyFiles() {}

    /** Reads a file that anybody may see. */
    public static Loaded<byte[]> open(Path file) {
        if (!Files.isRegularFile(file)) {
            return new Loaded.Bad<>("there is no file " + file + ", or this user may not see it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            return bytes.length > BYTES_MAX
                    ? new Loaded.Bad<>(file + " is larger than " + BYTES_MAX + " bytes")
                    : new Loaded.Good<>(bytes);
        } catch (IOException e) {
            return new Loaded.Bad<>(file + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads a file that only its owner may read or write. */
    public static Loaded<byte[]> secret(Path file) {
        if (!Files.isRegularFile(file)) {
            return new Loaded.Bad<>("there is no file " + file + ", or this user may not see it");
        }
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
            if (!Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)
                    .containsAll(mode)) {
                return new Loaded.Bad<>(file + " has mode " + PosixFilePermissions.toString(mode)
                        + "; others could read it: chmod 600 " + file);
            }
        } catch (IOException e) {
            return new Loaded.Bad<>(file + " cannot be read: " + e.getMessage());
        }
        return open(file);
    }

    /** Writes a new file that only its owner can read; fails when it is there already. */
    static void writeSecret(Path file, byte[] bytes) throws IOException {
        makeFolder(file);
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
        try (SeekableByteChannel channel = Files.newByteChannel(
                        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(bytes);
        }
    }

    /** Writes a file for all to read, over what was there, at once: nobody reads the half of it. */
    static void writeOpen(Path file, byte[] bytes) throws IOException {
        makeFolder(file);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}
