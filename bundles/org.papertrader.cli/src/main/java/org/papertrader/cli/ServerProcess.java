package org.papertrader.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A packaged distribution as a process of its own: started until it says that it accepts connections, and stopped. For
 * the demo and for tests of whole processes.
 */
public final class ServerProcess implements AutoCloseable {
    private static final int OUTPUT_LINES_MAX = 200;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(25);

    private final String name;
    private final Process process;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private final Deque<String> output = new ArrayDeque<>();
    private int asked;
    private @Nullable Answer current;

    /** What a command prints, until a line that ends with the mark. */
    private static final class Answer {
        private final String mark;
        private final List<String> lines = new ArrayList<>();
        private final CompletableFuture<String> printed = new CompletableFuture<>();

        Answer(String mark) {
            this.mark = mark;
        }

        void hear(String line) {
            if (line.endsWith(mark)) {
                printed.complete(String.join("\n", lines));
            } else {
                lines.add(line);
            }
        }
    }

    private ServerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, name + "-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a distribution.
     *
     * @param home its folder
     * @param data where it keeps its data
     * @param settings operator values, {@code PID:KEY=VALUE}
     */
    public static ServerProcess start(String name, Path home, Path data, List<String> settings) throws IOException {
        return start(name, home, data, settings, Map.of());
    }

    /** The same with more variables in its environment. */
    public static ServerProcess start(
            String name, Path home, Path data, List<String> settings, Map<String, String> environment)
            throws IOException {
        Process process = launch("--no-shell", home, data, settings, environment);
        process.getOutputStream().close();
        return new ServerProcess(name, process);
    }

    /** The same with its shell, to {@link #type} commands. */
    public static ServerProcess startWithShell(String name, Path home, Path data, List<String> settings)
            throws IOException {
        return new ServerProcess(name, launch("--shell", home, data, settings, Map.of()));
    }

    private static Process launch(
            String shell, Path home, Path data, List<String> settings, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(script(home).toString(), shell, "--data", data.toString()));
        settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Gives a command to its shell; what it prints is among the last lines. */
    public void type(String command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8)
                .append(command)
                .append('\n')
                .flush();
    }

    /**
     * Gives a command to its shell, waits until that has done it, and answers what was printed meanwhile. One at a time.
     *
     * @param limit how long it may take
     */
    public synchronized String ask(String command, Duration limit) throws IOException, InterruptedException {
        asked++;
        Answer answer = new Answer("done" + asked);
        synchronized (output) {
            current = answer;
        }
        type(command);
        // A shell may echo what is typed, but not without the quotes.
        type("echo done\"" + asked + "\"");
        try {
            return answer.printed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the " + name + " has not done '" + command + "':\n" + outputText(), e);
        }
    }

    /**
     * Sets up a side as an operator does, by {@code init}; fails with what it printed when that fails.
     *
     * @param home its distribution's folder
     * @param options of {@code init}
     */
    public static void init(Path home, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script(home).toString(), "init"));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + printed);
        }
    }

    private static Path script(Path home) throws IOException {
        try (Stream<Path> scripts = Files.list(home.resolve("bin"))) {
            return scripts.filter(script -> script.getFileName().toString().startsWith("papertrader-"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no start script in " + home));
        }
    }

    /** Waits until it accepts connections; fails with what it printed when it ends or takes too long. */
    public void awaitReady(Duration limit) throws IOException, InterruptedException {
        try {
            ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the " + name + " did not start:\n" + outputText(), e);
        }
    }

    /** The SHA-256 fingerprint of the certificate of one of its ports, which is open; empty when that has no TLS. */
    public String certificate(int port) {
        Matcher line = Pattern.compile(":" + port + ", certificate SHA-256 ([0-9a-f]{64})")
                .matcher(outputText());
        return line.find() ? line.group(1) : "";
    }

    /** Asks it to stop (SIGTERM) and gives its exit code; kills it when it does not stop in time. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    /** Ends it at once, without any chance to finish (SIGKILL), and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits until it has ended by itself and gives its exit code; empty when it goes on for longer than this. */
    public OptionalInt awaitExit(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** The last lines that it printed. */
    public String outputText() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                // The prompt of a shell may stand before it.
                if (line.contains("ready: ") && line.contains("clients on")) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            keep("(its output ended: " + e.getMessage() + ")");
        }
        ready.completeExceptionally(new IOException("it ended"));
        synchronized (output) {
            if (current != null) {
                current.printed.completeExceptionally(new IOException("it ended"));
            }
        }
    }

    private void keep(String line) {
        synchronized (output) {
            output.addLast(line);
            if (current != null) {
                current.hear(line);
            }
            if (output.size() > OUTPUT_LINES_MAX) {
                output.removeFirst();
            }
        }
    }
}
