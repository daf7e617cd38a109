package org.papertrader.itests.platform;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** In the container: the pages of the platform's HTTP port, found as the command {@code health} finds them. */
final class HealthPages {
    private static final Duration MOVE_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(10);
    /** Whoever connects so soon after having read the address is answered; less than a leaving port goes on for. */
    private static final Duration SOON = Duration.ofMillis(250);

    private static final int ANSWER_MAX_MS = 20_000;

    private final Path addressFile;

    HealthPages(Path addressFile) {
        this.addressFile = addressFile;
    }

    /** What was answered. */
    record Page(int code, String status, String text) {}

    /** Asks for a page; a port that has gone is looked for again. Whoever came in time and is cut off has failed. */
    Page get(String path) throws IOException {
        long end = System.nanoTime() + MOVE_MAX.toNanos();
        while (true) {
            long asked = System.nanoTime();
            boolean late = true;
            try {
                HttpURLConnection connection = connect(path);
                late = System.nanoTime() - asked > SOON.toNanos();
                return answer(connection);
            } catch (NoSuchFileException | SocketException e) {
                if (!late || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }

    private HttpURLConnection connect(String path) throws IOException {
        URI page = URI.create(Files.readString(addressFile).strip() + path);
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection(Proxy.NO_PROXY);
        // A connection that is kept would be one to the port that was there before.
        connection.setRequestProperty("Connection", "close");
        connection.setConnectTimeout(ANSWER_MAX_MS);
        connection.setReadTimeout(ANSWER_MAX_MS);
        connection.connect();
        return connection;
    }

    private static Page answer(HttpURLConnection connection) throws IOException {
        int code = connection.getResponseCode();
        try (InputStream in = code >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Page(code, String.valueOf(connection.getHeaderField("X-Papertrader-Health")), text);
        }
    }
}
