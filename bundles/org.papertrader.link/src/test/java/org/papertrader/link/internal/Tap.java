package org.papertrader.link.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a worker and its master and keeps all that goes by. */
final class Tap implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int to;
    private final ByteArrayOutputStream fromWorker = new ByteArrayOutputStream();
    private final ByteArrayOutputStream fromMaster = new ByteArrayOutputStream();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Tap(int to) throws IOException {
        this.to = to;
        daemon(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    byte[] fromWorker() {
        return fromWorker.toByteArray();
    }

    /** Both directions, a character a byte. */
    String seen() {
        return fromWorker.toString(StandardCharsets.ISO_8859_1) + fromMaster.toString(StandardCharsets.ISO_8859_1);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                Socket worker = door.accept();
                Socket master = new Socket(InetAddress.getLoopbackAddress(), to);
                open.addAll(List.of(worker, master));
                daemon(() -> copy(worker, master, fromWorker));
                daemon(() -> copy(master, worker, fromMaster));
            }
        } catch (IOException e) {
            // Closed: nobody comes any more.
            return;
        }
    }

    private static void copy(Socket from, Socket to, ByteArrayOutputStream seen) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                seen.write(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // One side hung up: both go.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
