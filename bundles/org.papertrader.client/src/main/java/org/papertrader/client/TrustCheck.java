package org.papertrader.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Looks at the certificate that a server shows, by one {@link ServerTrust}. For one server. */
final class TrustCheck extends X509ExtendedTrustManager {
    private final ServerAddress server;
    private final ServerTrust trust;
    private final Optional<CertificateFingerprint> known;
    private final @Nullable X509ExtendedTrustManager authorities;

    /**
     * Reads what is known; throws {@link IOException} when the authorities cannot be read.
     *
     * @param server as the user named it
     */
    TrustCheck(ServerAddress server, ServerTrust trust) throws IOException {
        this.server = server;
        this.trust = trust;
        if (trust instanceof ServerTrust.OnFirstUse first) {
            known = first.known().find(server);
            authorities = known.isEmpty() ? authorities(null) : null;
        } else {
            known = Optional.empty();
            authorities = trust instanceof ServerTrust.Authority by
                    ? authorities(by.authorities().orElse(null))
                    : null;
        }
    }

    /** Why a server is not trusted; the message is for people. */
    static final class Distrust extends CertificateException {
        private static final long serialVersionUID = 1L;

        private final transient CertificateFingerprint shown;
        private final boolean unknown;

        Distrust(String text, CertificateFingerprint shown, boolean unknown) {
            super(text);
            this.shown = shown;
            this.unknown = unknown;
        }

        CertificateFingerprint shown() {
            return shown;
        }

        /** True when nothing speaks against the server either: somebody may decide. */
        boolean isUnknown() {
            return unknown;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) throws CertificateException {
        CertificateFingerprint shown = CertificateFingerprint.of(chain[0]);
        if (trust instanceof ServerTrust.Pinned pinned) {
            requirePinned(pinned.fingerprint(), shown);
        } else if (trust instanceof ServerTrust.OnFirstUse first && known.isPresent()) {
            requireKnown(known.get(), shown, first.known().file());
        } else if (authorities != null) {
            requireVouchedFor(authorities, chain, kind, socket);
        } else {
            throw new IllegalStateException("nothing is looked at in plaintext");
        }
    }

    private void requirePinned(CertificateFingerprint pinned, CertificateFingerprint shown) throws Distrust {
        if (!pinned.equals(shown)) {
            throw new Distrust(
                    server + " shows another certificate (SHA-256 " + shown + ") than the one that was pinned ("
                            + pinned + "): somebody may be in between, or its operator replaced it; ask the operator",
                    shown,
                    false);
        }
    }

    private void requireKnown(CertificateFingerprint known, CertificateFingerprint shown, Path file) throws Distrust {
        if (!known.equals(shown)) {
            throw new Distrust(
                    server + " shows another certificate (SHA-256 " + shown + ") than before (" + known
                            + "): somebody may be in between; if its operator says that it was replaced, delete the"
                            + " line that begins with '" + server + "' from " + file,
                    shown,
                    false);
        }
    }

    private void requireVouchedFor(
            X509ExtendedTrustManager manager, X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        try {
            manager.checkServerTrusted(chain, kind, socket);
        } catch (CertificateException e) {
            CertificateFingerprint shown = CertificateFingerprint.of(chain[0]);
            Distrust distrust = new Distrust(
                    "no authority vouches for " + server + ", which shows a certificate with the SHA-256 fingerprint "
                            + shown + ": ask its operator whether that is the right one, and pin it (" + e.getMessage()
                            + ")",
                    shown,
                    true);
            distrust.initCause(e);
            throw distrust;
        }
    }

    private static X509ExtendedTrustManager authorities(@Nullable Path file) throws IOException {
        String which = file == null ? "of this Java runtime" : "in " + file;
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(file == null ? null : store(file));
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the authorities " + which + " cannot be read: " + e.getMessage(), e);
        }
        throw new IOException("this Java runtime cannot check certificates");
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + count++, each);
            }
            if (count == 0) {
                throw new IOException(file + " has no certificate");
            }
        }
        return store;
    }

    // This end is never a server, and its TLS always has a socket.

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        throw new IllegalStateException("no engine is used");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
        throw new IllegalStateException("a socket is always given");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
        throw new IllegalStateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
        throw new IllegalStateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
        throw new IllegalStateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
