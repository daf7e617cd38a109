package org.papertrader.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that was started here and ends with this object. */
final class Server implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);
    private static final int LINES_MAX = 100;

    private final String name;
    private final Process process;
    private final String readyMark;
    private final int readyCount;
    private final long started;
    private final CompletableFuture<Long> ready = new CompletableFuture<>();
    private final Deque<String> lines = new ArrayDeque<>();

    /**
     * Starts it and waits until it is ready.
     *
     * @param readyMark part of the line by which it says so
     * @param readyCount how many such lines it takes
     */
    static Server start(
            String name, List<String> command, Map<String, String> environment, String readyMark, int readyCount)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        long now = System.nanoTime();
        Server server = new Server(name, builder.start(), now, readyMark, readyCount);
        try {
            server.ready.get(READY_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return server;
        } catch (ExecutionException | TimeoutException e) {
            server.close();
            throw new IOException(name + " did not start:\n" + server.output(), e);
        }
    }

    private Server(String name, Process process, long started, String readyMark, int readyCount) throws IOException {
        this.name = name;
        this.process = process;
        this.started = started;
        this.readyMark = readyMark;
        this.readyCount = readyCount;
        process.getOutputStream().close();
        Thread reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    /** From before the process was made until it said that it was ready. */
    double startSeconds() {
        return (ready.join() - started) / 1e9;
    }

    private void read() {
        int seen = 0;
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                keep(line);
                if (line.contains(readyMark)) {
                    seen++;
                    if (seen == readyCount) {
                        ready.complete(System.nanoTime());
                    }
                }
            }
        } catch (IOException e) {
            keep("(its output ended: " + e.getMessage() + ")");
        }
        ready.completeExceptionally(new IOException(name + " ended"));
    }

    private void keep(String line) {
        synchronized (lines) {
            lines.addLast(line);
            if (lines.size() > LINES_MAX) {
                lines.removeFirst();
            }
        }
    }

    private String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** SIGTERM, and after a while SIGKILL. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
