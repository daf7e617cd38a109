package org.papertrader.itests.platform;

import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** In the container: the pages of the platform's HTTP port, found as the command {@code health} finds them. */
final class HealthPages {
    private static final Duration MOVE_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofMillis(10);
    /** Whoever asks so soon after having read the address is answered; less than a leaving port goes on for. */
    static final Duration SOON = Duration.ofMillis(250);

    private final Path addressFile;

    HealthPages(Path addressFile) {
        this.addressFile = addressFile;
    }

    /** What was answered. */
    record Page(int code, String status, String text) {}

    /** Where the port is now. */
    URI address() throws IOException {
        return URI.create(Files.readString(addressFile).strip());
    }

    /** Asks for a page; a port that has gone is looked for again. Whoever came in time and is cut off has failed. */
    Page get(String path) throws IOException {
        long end = System.nanoTime() + MOVE_MAX.toNanos();
        while (true) {
            long asked = System.nanoTime();
            boolean late = true;
            try (PageRequest request = new PageRequest(address(), path)) {
                late = request.sentNanos() - asked > SOON.toNanos();
                return request.answer();
            } catch (NoSuchFileException | SocketException e) {
                if (!late || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY.toNanos());
            }
        }
    }
}
