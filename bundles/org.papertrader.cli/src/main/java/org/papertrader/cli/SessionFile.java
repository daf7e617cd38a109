package org.papertrader.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.papertrader.client.CertificateFingerprint;
import org.papertrader.client.ServerAddress;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;

/** Where the session, and with whom, is kept between commands: a file that only its owner can read (mode 0600). */
final class SessionFile {
    private static final int STANDARD_PORT = 2049;

    private final Path path;

    SessionFile(Path path) {
        this.path = path;
    }

    /**
     * A kept session.
     *
     * @param server the worker that gave it, with the certificate that was trusted; empty when there was none
     */
    record Kept(UserName userName, SessionId session, Optional<Server> server) {}

    /** A worker that was trusted. */
    record Server(ServerAddress address, CertificateFingerprint certificate) {
        /** As a list of workers would show it. */
        WorkerServer worker() {
            return new WorkerServer(
                    new UUID(0, 0), "kept", address.host(), address.port(), "unknown", certificate.hex());
        }
    }

    static Path defaultPath() {
        String state = System.getenv("XDG_STATE_HOME");
        Path base = state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return base.resolve("papertrader").resolve("session");
    }

    Path path() {
        return path;
    }

    Optional<Kept> read() {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = new StringReader(Files.readString(path))) {
            properties.load(reader);
            return Optional.of(new Kept(
                    new UserName(properties.getProperty("user", "")),
                    SessionId.parse(properties.getProperty("session", "")),
                    server(properties)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the session file " + path, e);
        } catch (IllegalArgumentException e) {
            // A damaged file is as good as none: the user logs in again.
            return Optional.empty();
        }
    }

    private static Optional<Server> server(Properties properties) {
        String address = properties.getProperty("server");
        return address == null
                ? Optional.empty()
                : Optional.of(new Server(
                        ServerAddress.parse(address, STANDARD_PORT),
                        CertificateFingerprint.parse(properties.getProperty("certificate", ""))));
    }

    void write(Kept kept) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            String server = kept.server()
                    .map(known -> "server=" + known.address() + "\ncertificate=" + known.certificate() + "\n")
                    .orElse("");
            String text =
                    "user=" + kept.userName() + "\nsession=" + kept.session().toHex() + "\n" + server;
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the session file " + path, e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the session file " + path, e);
        }
    }
}
