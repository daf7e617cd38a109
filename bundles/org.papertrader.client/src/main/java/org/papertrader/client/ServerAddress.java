package org.papertrader.client;

/**
 * Where a server is.
 *
 * @param host name or IP address
 * @param port 1 to 65535
 */
public record ServerAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public ServerAddress {
        if (host.isBlank() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "a server is HOST:PORT, with a port of 1 to 65535, not " + host + ":" + port);
        }
    }

    /** Reads {@code HOST}, {@code HOST:PORT} or {@code [IPv6]:PORT}; {@link IllegalArgumentException} when it is none. */
    public static ServerAddress parse(String text, int standardPort) {
        int colon = text.lastIndexOf(':');
        boolean isPort = colon >= 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        String host = (isPort ? text.substring(0, colon) : text).replaceAll("[\\[\\]]", "");
        return new ServerAddress(host, isPort ? port(text.substring(colon + 1)) : standardPort);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a port is a number of 1 to 65535, not '" + text + "'", e);
        }
    }

    /** Host and port, for people and for lists of known servers. */
    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
