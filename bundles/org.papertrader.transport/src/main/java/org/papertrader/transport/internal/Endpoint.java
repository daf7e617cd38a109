package org.papertrader.transport.internal;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * Where one side listens.
 *
 * @param side {@code master} or {@code worker}
 * @param address host and port, resolved
 */
record Endpoint(String side, InetSocketAddress address) {
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
        return new Endpoint(side, new InetSocketAddress(loopback(side, config.address()), port));
    }

    private static InetAddress loopback(String side, String host) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(key(side, "address") + ": there is no address " + host, e);
        }
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException(key(side, "address") + "=" + host
                    + " is refused: without TLS only a loopback address such as 127.0.0.1 may be listened on");
        }
        return address;
    }

    /** True for the port that links share with clients. */
    boolean isShared() {
        return side.equals("master");
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
