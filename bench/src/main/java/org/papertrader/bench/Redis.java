package org.papertrader.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Redis server of its own: nothing stored, loopback only. */
final class Redis implements AutoCloseable {
    private final Server server;
    private final InetSocketAddress address;

    static Redis start(Path folder) throws IOException, InterruptedException {
        Path program = program();
        Files.createDirectories(folder);
        int port = Workspace.freePort();
        List<String> command = List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                folder.toString());
        Server server = Server.start("redis-server", command, Map.of(), "Ready to accept connections", 1);
        return new Redis(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private Redis(Server server, InetSocketAddress address) {
        this.server = server;
        this.address = address;
    }

    private static Path program() throws IOException {
        String path = System.getenv("PATH");
        return Stream.of((path == null ? "" : path).split(":", -1))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IOException("redis-server is not on the PATH; on Debian: apt-get install redis-server"));
    }

    long pid() {
        return server.pid();
    }

    InetSocketAddress address() {
        return address;
    }

    void set(Map<String, byte[]> values) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (Map.Entry<String, byte[]> value : values.entrySet()) {
                String head = "*3\r\n$3\r\nSET\r\n$" + value.getKey().length() + "\r\n" + value.getKey() + "\r\n$"
                        + value.getValue().length + "\r\n";
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(value.getValue());
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                String reply = new String(in.readNBytes(5), StandardCharsets.US_ASCII);
                if (!reply.equals("+OK\r\n")) {
                    throw new IOException("Redis did not store a value: " + reply);
                }
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
