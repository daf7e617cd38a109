package org.papertrader.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server that shakes hands, or does not, and then speaks as it is told: by default it sends back what it gets. */
final class TestServer implements AutoCloseable {
    private static final char[] PASSWORD = "a password".toCharArray();

    private final ServerSocket server;
    private final Conversation conversation;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    /** A key with its certificate for {@code localhost}, made with the JDK's own tool. */
    record Identity(KeyStore store, X509Certificate certificate) {
        static Identity make(Path folder, String name) throws Exception {
            Path file = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=" + name,
                            "-ext",
                            "san=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD))
                    .redirectErrorStream(true)
                    .start();
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new AssertionError(new String(keytool.getInputStream().readAllBytes()));
            }
            KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
            return new Identity(store, (X509Certificate) store.getCertificate("server"));
        }

        CertificateFingerprint fingerprint() throws GeneralSecurityException {
            return CertificateFingerprint.of(certificate);
        }

        Path pem(Path file) throws IOException, GeneralSecurityException {
            return Files.writeString(
                    file,
                    "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                            + "\n-----END CERTIFICATE-----\n");
        }
    }

    /** What is said on one connection; it ends with the call. */
    @FunctionalInterface
    interface Conversation {
        void with(Socket socket) throws IOException;
    }

    private TestServer(ServerSocket server, Conversation conversation) {
        this.server = server;
        this.conversation = conversation;
        Thread thread = new Thread(this::serve, "test-server");
        thread.setDaemon(true);
        thread.start();
    }

    static TestServer tls(Identity identity, String protocol, int port) throws Exception {
        return tls(identity, protocol, port, TestServer::echo);
    }

    static TestServer tls(Identity identity, String protocol, int port, Conversation conversation) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.store(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {protocol});
        return new TestServer(server, conversation);
    }

    static TestServer plain() throws IOException {
        return plain(0, TestServer::echo);
    }

    static TestServer plain(int port, Conversation conversation) throws IOException {
        return new TestServer(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), conversation);
    }

    /** Accepts and says nothing. */
    static ServerSocket silent() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.add(socket);
                if (server.isClosed()) {
                    // Whoever closed it may have looked through the accepted ones before.
                    socket.close();
                }
                Thread thread = new Thread(() -> serve(socket), "test-server-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            conversation.with(socket);
        } catch (IOException e) {
            // The client ended it.
            return;
        }
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** Ends all connections, and goes on. */
    void cut() throws IOException {
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
