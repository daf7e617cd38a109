package org.papertrader.itests.processes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between clients and a server on this machine and keeps every byte that goes by. */
final class RecordingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final InetAddress from;
    private final List<Recording> recordings = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** One connection, in both directions; complete once both have ended. */
    record Recording(CompletableFuture<byte[]> fromClient, CompletableFuture<byte[]> fromServer) {}

    RecordingProxy(int serverPort) throws IOException {
        this(serverPort, InetAddress.getLoopbackAddress());
    }

    /** @param from the address of this machine that the server sees */
    RecordingProxy(int serverPort, InetAddress from) throws IOException {
        this.serverPort = serverPort;
        this.from = from;
        thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Recording> recordings() {
        return List.copyOf(recordings);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort, from, 0);
                sockets.addAll(List.of(client, server));
                recordings.add(new Recording(pump(client, server), pump(server, client)));
            } catch (IOException e) {
                // Closed, or nobody behind it: the client sees that its connection ends.
                return;
            }
        }
    }

    private static CompletableFuture<byte[]> pump(Socket from, Socket to) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        thread(() -> {
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            try (from) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[BUFFER_BYTES];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    seen.write(buffer, 0, count);
                    out.write(buffer, 0, count);
                }
                to.shutdownOutput();
            } catch (IOException e) {
                // One side is gone: what it had sent is recorded.
            }
            all.complete(seen.toByteArray());
        });
        return all;
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
