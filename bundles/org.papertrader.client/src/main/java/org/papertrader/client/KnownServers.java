package org.papertrader.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Servers that were trusted on first use, in a file that only its owner can read (mode 0600): one a line, {@code
 * HOST:PORT FINGERPRINT}. Thread-safe.
 */
public final class KnownServers {
    private final Path file;

    /** Those of this file, which need not be there yet. */
    public KnownServers(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** The certificate by which the server is known. Throws {@link UncheckedIOException} when the file is unreadable. */
    public synchronized Optional<CertificateFingerprint> find(ServerAddress server) {
        String begin = server + " ";
        return lines().stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> CertificateFingerprint.parse(line.substring(begin.length())))
                .findFirst();
    }

    /** Knows the server by this certificate from now on. */
    public synchronized void remember(ServerAddress server, CertificateFingerprint certificate) {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> line.startsWith(server + " "));
        lines.add(server + " " + certificate);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, lines, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the file of known servers " + file, e);
        }
    }

    private List<String> lines() {
        try {
            return Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the file of known servers " + file, e);
        }
    }
}
