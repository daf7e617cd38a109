package org.papertrader.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The command {@code health}: asks a running program through its HTTP port, without starting a framework. */
public final class Health {
    private static final PrintStream OUT = System.out;
    private static final PrintStream ERR = System.err;

    private static final String STATUS = "X-Papertrader-Health";
    private static final int ERRORS_FROM = 400;
    private static final int BODY_MAX = 1 << 20;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HealthOptions options;
    private final Reading reading;
    private final long end;
    private volatile String problem = "";

    private Health(HealthOptions options, Reading reading) {
        this.options = options;
        this.reading = reading;
        this.end = System.nanoTime() + options.timeout().toNanos();
    }

    /** Reads a small file. */
    @FunctionalInterface
    interface Reading {
        String read(Path file) throws IOException;
    }

    /** What is printed, and the exit code. */
    record Outcome(int exitCode, String text) {
        static Outcome unknown(String line) {
            return new Outcome(HealthExit.UNKNOWN, "UNKNOWN: " + line + "\n");
        }
    }

    /**
     * Prints how the program is; the process exits with one of {@link HealthExit}, which the start script takes
     * {@value HealthExit#TOLD} off.
     *
     * @param arguments the role, then the command line, see {@code --help}
     */
    public static void main(String[] arguments) {
        String role = arguments[0];
        Outcome outcome;
        try {
            HealthOptions options = HealthOptions.parse(List.of(arguments).subList(1, arguments.length));
            outcome = options.help()
                    ? new Outcome(HealthExit.OK, HealthOptions.help("papertrader-" + role))
                    : ask(options);
        } catch (LaunchException e) {
            ERR.println("papertrader: " + e.line());
            outcome = new Outcome(e.exitCode(), "");
        }
        byte[] text = outcome.text().getBytes(StandardCharsets.UTF_8);
        OUT.write(text, 0, text.length);
        OUT.flush();
        Runtime.getRuntime().halt(HealthExit.TOLD + outcome.exitCode());
    }

    /** Asks within the timeout, whatever happens on the way. */
    static Outcome ask(HealthOptions options) {
        return ask(options, Files::readString);
    }

    static Outcome ask(HealthOptions options, Reading reading) {
        CompletableFuture<Outcome> asked = new CompletableFuture<>();
        Health health = new Health(options, reading);
        Thread thread = new Thread(() -> asked.complete(health.ask()), "papertrader-ask");
        thread.setDaemon(true);
        thread.start();
        try {
            return asked.get(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return health.late();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("asking failed", e);
        }
    }

    private Outcome ask() {
        Path file = options.data().resolve("http");
        do {
            try {
                String url = reading.read(file).strip();
                if (isRunning()) {
                    return answer(url);
                }
                // It was killed, and its port may be another program's by now.
            } catch (AccessDeniedException e) {
                return Outcome.unknown(
                        "this user may not read " + file + ": ask as the user that it runs as, or as root");
            } catch (NoSuchFileException e) {
                problem = "there is no " + file;
            } catch (IOException | IllegalArgumentException e) {
                problem = String.valueOf(e.getMessage());
            }
            // Its port may be about to open, or to move.
            LockSupport.parkNanos(RETRY_NANOS);
        } while (isRunning() && System.nanoTime() < end);
        return isRunning() ? late() : Outcome.unknown("not running on the data directory " + options.data());
    }

    private Outcome late() {
        String line = "no answer within " + options.timeout().toSeconds() + " s";
        return Outcome.unknown(
                problem.isEmpty()
                        ? line
                        : line + " (" + problem + "): is it still starting, or org.papertrader.http disabled?");
    }

    private Outcome answer(String url) throws IOException {
        URI page = URI.create(url + options.page() + (options.json() ? "" : "?text"));
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection(Proxy.NO_PROXY);
        int left = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        connection.setConnectTimeout(left);
        connection.setReadTimeout(left);
        boolean failed = connection.getResponseCode() >= ERRORS_FROM;
        try (InputStream in = failed ? connection.getErrorStream() : connection.getInputStream()) {
            String body = in == null ? "" : new String(in.readNBytes(BODY_MAX), StandardCharsets.UTF_8);
            String status = connection.getHeaderField(STATUS);
            return status == null
                    ? Outcome.unknown("no report of health at " + page + ": HTTP " + connection.getResponseCode() + " "
                            + body.strip())
                    : new Outcome(HealthExit.of(status), body);
        }
    }

    /** Whether the process that wrote the lock file is there. */
    private boolean isRunning() {
        try {
            long process =
                    Long.parseLong(reading.read(options.data().resolve("lock")).strip());
            return ProcessHandle.of(process).isPresent();
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
