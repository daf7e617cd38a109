package org.papertrader.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Bytes to and from one server that is trusted, over TLS or in plain. */
final class Wire implements Closeable {
    private final Socket plain;
    private final Socket socket;

    private Wire(Socket plain, Socket socket) {
        this.plain = plain;
        this.socket = socket;
    }

    /**
     * Connects, and shakes hands where there is TLS.
     *
     * @param limit for connecting, and again for each answer of the handshake
     * @throws UntrustedServerException when it is another server than it should be
     * @throws ConnectionLostException when there is no connection
     */
    static Wire open(ServerAddress server, ServerTrust trust, Duration limit) {
        try {
            return connect(server, trust, limit);
        } catch (SSLException e) {
            TrustCheck.Distrust distrust = distrust(e);
            if (distrust == null) {
                throw new ConnectionLostException(
                        "no TLS 1.3 with " + server + ": " + e.getMessage()
                                + "; a server that is configured without TLS must be connected to in plaintext",
                        e);
            }
            if (distrust.isUnknown() && trust instanceof ServerTrust.OnFirstUse first) {
                decide(server, first, distrust);
                return open(server, new ServerTrust.Pinned(distrust.shown()), limit);
            }
            throw new UntrustedServerException(distrust);
        } catch (IOException e) {
            throw new ConnectionLostException("cannot connect to " + server + ": " + e.getMessage(), e);
        }
    }

    /** Between two connections: whoever decides may take longer than a server waits. */
    private static void decide(ServerAddress server, ServerTrust.OnFirstUse trust, TrustCheck.Distrust distrust) {
        if (!trust.decision().isTrusted(server, distrust.shown())) {
            throw new UntrustedServerException(distrust);
        }
        trust.known().remember(server, distrust.shown());
    }

    private static Wire connect(ServerAddress server, ServerTrust trust, Duration limit) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(new InetSocketAddress(server.host(), server.port()), millis);
            if (trust instanceof ServerTrust.Plaintext) {
                return new Wire(plain, plain);
            }
            plain.setSoTimeout(millis);
            SSLSocket tls = shakeHands(plain, server, trust);
            plain.setSoTimeout(0);
            return new Wire(plain, tls);
        } catch (SocketTimeoutException e) {
            plain.close();
            throw new IOException("it did not answer in time", e);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static SSLSocket shakeHands(Socket plain, ServerAddress server, ServerTrust trust) throws IOException {
        SSLSocket tls;
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new TrustCheck(server, trust)}, null);
            tls = (SSLSocket) context.getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS 1.3", e);
        }
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        // The check of the host's name is made by the authorities' check, and by that alone.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static TrustCheck.@Nullable Distrust distrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TrustCheck.Distrust distrust) {
                return distrust;
            }
        }
        return null;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    /** The certificate that the server showed; empty in plaintext. */
    Optional<CertificateFingerprint> certificate() {
        if (!(socket instanceof SSLSocket tls)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    CertificateFingerprint.of((X509Certificate) tls.getSession().getPeerCertificates()[0]));
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            throw new IllegalStateException("a handshake without a certificate", e);
        }
    }

    /** Ends it in order; waits for writers that do not come to their end. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Ends it at once, under whatever is being written. */
    void cut() throws IOException {
        plain.close();
        socket.close();
    }
}
