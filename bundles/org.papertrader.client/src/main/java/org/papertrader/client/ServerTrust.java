package org.papertrader.client;

import java.nio.file.Path;
import java.util.Optional;
import org.papertrader.model.WorkerServer;

/**
 * By what a client trusts the server that it was told to connect to. One decision is enough: a trusted master's list of
 * workers says by which certificate to know each of them.
 */
public sealed interface ServerTrust {
    /**
     * An authority vouches for the server's certificate, and it names the host connected to.
     *
     * @param authorities PEM file with the authorities' certificates; empty: those of the Java runtime
     */
    record Authority(Optional<Path> authorities) implements ServerTrust {}

    /**
     * The server shows exactly this certificate. Who vouches for it, its names and its end do not matter.
     *
     * @param fingerprint the certificate's
     */
    record Pinned(CertificateFingerprint fingerprint) implements ServerTrust {}

    /**
     * A server that is known must show the certificate that it showed before. Another one is trusted when an authority of
     * the Java runtime vouches for it, as with {@link Authority}; otherwise the decision is asked for, and kept.
     *
     * @param known servers with their certificates
     * @param decision asked about servers that are not known
     */
    record OnFirstUse(KnownServers known, Decision decision) implements ServerTrust {}

    /** No TLS: whoever is in between reads everything. For servers on the same machine that are configured so. */
    record Plaintext() implements ServerTrust {}

    /** Decides about a server that is not known. */
    @FunctionalInterface
    interface Decision {
        /**
         * Whether to trust it from now on. Asked between two connections, so it may take its time.
         *
         * @param server which
         * @param shown the certificate that it showed
         */
        boolean isTrusted(ServerAddress server, CertificateFingerprint shown);
    }

    /** By the authorities of the Java runtime. */
    static ServerTrust authority() {
        return new Authority(Optional.empty());
    }

    /** By the authorities in this PEM file. */
    static ServerTrust authority(Path authorities) {
        return new Authority(Optional.of(authorities));
    }

    /** By this fingerprint, in either case and with or without colons. */
    static ServerTrust pinned(String fingerprint) {
        return new Pinned(CertificateFingerprint.parse(fingerprint));
    }

    /** By what was seen first. */
    static ServerTrust onFirstUse(KnownServers known, Decision decision) {
        return new OnFirstUse(known, decision);
    }

    /** Without TLS. */
    static ServerTrust plaintext() {
        return new Plaintext();
    }

    /**
     * By what to trust a worker of the list that a server gave which was trusted by this. A worker without TLS is trusted
     * only where plaintext was chosen; otherwise {@link UntrustedServerException}.
     */
    default ServerTrust of(WorkerServer worker) {
        if (!worker.certificateFingerprint().isEmpty()) {
            return pinned(worker.certificateFingerprint());
        } else if (this instanceof Plaintext) {
            return this;
        }
        throw new UntrustedServerException("the worker " + worker.name() + " at " + worker.host() + ":" + worker.port()
                + " has no TLS; plaintext must be chosen");
    }
}
