package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one side listens.
 *
 * @param side {@code master} or {@code worker}
 * @param address host and port, resolved
 * @param certificate where its certificate comes from; null: the port has no TLS
 */
record Endpoint(
        String side, InetSocketAddress address, @Nullable CertificateSource certificate) {
    private static final Map<String, Integer> PORTS = Map.of("master", 2048, "worker", 2049);
    private static final int PORT_MAX = 65_535;

    /** Reads the configuration; throws {@link IllegalArgumentException} with a line for the operator. */
    static Endpoint of(TransportConfig config) {
        String side = config.side();
        Integer standard = PORTS.get(side == null ? "" : side);
        if (standard == null) {
            throw new IllegalArgumentException(ClientListener.PID + ": side must be master or worker, not " + side);
        }
        int port = config.port() == TransportConfig.PORT_OF_SIDE ? standard : config.port();
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(key(side, "port") + " must be 0 to 65535, not " + port);
        }
        boolean tls = isTls(side, config.tls());
        InetAddress address = address(side, config.address(), tls);
        return new Endpoint(
                side, new InetSocketAddress(address, port), tls ? certificate(side, address, config) : null);
    }

    private static boolean isTls(String side, String value) {
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException(key(side, "tls") + " must be on or off, not " + value);
        };
    }

    private static InetAddress address(String side, String host, boolean tls) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(key(side, "address") + ": there is no address " + host, e);
        }
        if (!tls && !address.isLoopbackAddress()) {
            throw new IllegalArgumentException(key(side, "address") + "=" + host
                    + " is refused: without TLS only a loopback address such as 127.0.0.1 may be listened on");
        }
        return address;
    }

    private static CertificateSource certificate(String side, InetAddress address, TransportConfig config) {
        Path certificate = path(config.certificateFile());
        Path key = path(config.keyFile());
        Path password = path(config.passwordFile());
        if (certificate != null) {
            return new CertificateSource.Given(certificate, key == null ? certificate : key, password);
        }
        if (key != null || password != null) {
            throw new IllegalArgumentException(
                    key(side, "certificateFile") + " is missing: a key or password is nothing without its certificate");
        }
        Stream<String> listened = address.isAnyLocalAddress() ? Stream.of() : Stream.of(address.getHostAddress());
        List<String> hosts = Stream.of(
                        Stream.of("localhost"),
                        listened,
                        Stream.of(config.certificateHosts()).map(String::trim))
                .flatMap(each -> each)
                .filter(host -> !host.isEmpty())
                .distinct()
                .toList();
        return new CertificateSource.Own(Path.of(config.certificateDirectory(), side + ".pem"), side, hosts);
    }

    private static @Nullable Path path(String text) {
        return text.isBlank() ? null : Path.of(text.trim());
    }

    /** True for the port that links share with clients. */
    boolean isShared() {
        return side.equals("master");
    }

    boolean isTls() {
        return certificate != null;
    }

    /** Where, for people. */
    String text(int actualPort) {
        return address.getAddress().getHostAddress() + ":" + actualPort;
    }

    /** What to say when the port cannot be opened. */
    String failure(Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("in use")) {
            return "port " + address.getPort() + " on " + address.getAddress().getHostAddress()
                    + " is in use: stop the other program or set " + key(side, "port");
        }
        return "port " + address.getPort() + " on " + address.getAddress().getHostAddress() + " cannot be opened: "
                + reason;
    }

    private static String key(String side, String name) {
        return ClientListener.PID + "~" + side + ":" + name;
    }
}
