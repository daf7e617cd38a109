package org.papertrader.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.CertificateFingerprint;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.KnownServers;
import org.papertrader.client.ServerAddress;
import org.papertrader.client.ServerTrust;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.WorkerServer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which server to connect to, and by what to trust it. A trusted master vouches for its workers. */
final class ServerOptions {
    private static final Pattern YES = Pattern.compile("y|yes", Pattern.CASE_INSENSITIVE);

    private static final int MASTER_PORT = 2048;
    private static final int WORKER_PORT = 2049;

    @Option(
            names = "--master",
            paramLabel = "HOST[:PORT]",
            description = "Master to ask for its workers (default: localhost:2048).")
    private @Nullable String master;

    @Option(names = "--host", paramLabel = "HOST", description = "Connect to this worker, without asking a master.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "Its port (default: 2049).")
    private @Nullable Integer port;

    @ArgGroup
    private @Nullable Trust trust;

    private boolean warned;

    /** At most one of these; without one a terminal is asked about servers that are not known. */
    static final class Trust {
        @Option(
                names = "--pin",
                paramLabel = "SHA256",
                description = "Trust the certificate with this fingerprint; 'transport:certificates' shows a server's.")
        private @Nullable String pin;

        @Option(
                names = "--ca",
                paramLabel = "FILE",
                description = "Trust what the authorities in this PEM file vouch for.")
        private @Nullable Path authorities;

        @Option(
                names = "--trust-on-first-use",
                description = "Trust a server that is not known without asking, and know it from then on.")
        private boolean firstUse;

        @Option(names = "--plaintext", description = "No TLS, for a server on this machine that is configured without.")
        private boolean plaintext;
    }

    /** Connects to the worker that was named, or to the kept session's and, when that is lost, to others of the master. */
    BlockingTraderClient connect(ClientOptions base, SessionFile sessions, PrintWriter err) {
        Optional<SessionFile.Server> kept =
                trust == null ? sessions.read().flatMap(SessionFile.Kept::server) : Optional.empty();
        ClientOptions options = base.withTrust(trust(sessions, err));
        if (isDirect()) {
            ServerAddress worker = worker();
            ServerTrust trusted = kept.filter(server -> server.address().equals(worker))
                    .<ServerTrust>map(server -> new ServerTrust.Pinned(server.certificate()))
                    .orElse(options.trust());
            return BlockingTraderClient.connect(worker.host(), worker.port(), options.withTrust(trusted));
        }
        ServerAddress server = master();
        WorkerSource workers = WorkerSource.master(server.host(), server.port());
        return BlockingTraderClient.connect(
                master == null
                        ? workers.withKnown(
                                kept.map(SessionFile.Server::worker).stream().toList())
                        : workers,
                options);
    }

    /** The list of workers, from the worker that was named or else the master. */
    List<WorkerServer> workers(ClientOptions base, SessionFile sessions, PrintWriter err) {
        ServerAddress server = isDirect() ? worker() : master();
        ClientOptions options = base.withTrust(trust(sessions, err));
        try (BlockingTraderClient client = BlockingTraderClient.connect(server.host(), server.port(), options)) {
            return client.workers();
        }
    }

    private boolean isDirect() {
        return host != null || port != null;
    }

    private ServerAddress worker() {
        return Arguments.server((host == null ? "localhost" : host), port == null ? WORKER_PORT : port);
    }

    private ServerAddress master() {
        return Arguments.server(master == null ? "localhost" : master, MASTER_PORT);
    }

    private ServerTrust trust(SessionFile sessions, PrintWriter err) {
        Trust chosen = trust;
        KnownServers known = new KnownServers(sessions.path().toAbsolutePath().resolveSibling("known-servers"));
        if (chosen == null) {
            return ServerTrust.onFirstUse(known, (server, shown) -> ask(server, shown, err));
        } else if (chosen.pin != null) {
            return new ServerTrust.Pinned(Arguments.fingerprint(chosen.pin));
        } else if (chosen.authorities != null) {
            return ServerTrust.authority(chosen.authorities);
        } else if (chosen.firstUse) {
            return ServerTrust.onFirstUse(known, (server, shown) -> tell(server, shown, err));
        }
        if (chosen.plaintext && !warned) {
            warned = true;
            err.println("papertrader: warning: --plaintext: whoever is in between can read and change everything");
        }
        return ServerTrust.plaintext();
    }

    private static boolean tell(ServerAddress server, CertificateFingerprint shown, PrintWriter err) {
        err.println("papertrader: " + server + " is trusted from now on, by its certificate SHA-256 " + shown);
        return true;
    }

    // From JDK 22 on there is a console without a terminal too; then readLine gives null.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean ask(ServerAddress server, CertificateFingerprint shown, PrintWriter err) {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        err.println("Nobody vouches for " + server + ". Its certificate has the SHA-256 fingerprint");
        err.println("  " + shown);
        err.println("Compare it with what 'transport:certificates' shows its operator.");
        String answer = console.readLine("Trust it from now on? [y/N] ");
        return answer != null && YES.matcher(answer.strip()).matches();
    }
}
