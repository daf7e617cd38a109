package org.papertrader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Starts a master and a worker from their packaged distributions and plays a trader's day through the client. */
@Command(name = "demo", description = "Start a master and a worker, and play a trader's day through them.")
final class DemoCommand implements Callable<Integer> {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int INTERVAL_MS = 2_000;
    private static final int MARKET_DAY_SECONDS = 86_400;

    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @ParentCommand
    private CommandGroup group;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    @Option(names = "--master", required = true, paramLabel = "DIR", description = "The master's distribution.")
    private Path master = Path.of("");

    @Option(names = "--worker", required = true, paramLabel = "DIR", description = "The worker's distribution.")
    private Path worker = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = group.workspace().out();
        Path data = Files.createTempDirectory("papertrader-demo");
        List<Integer> ports = freePorts();
        int masterPort = ports.get(0);
        int workerPort = ports.get(1);
        UUID uuid = UUID.randomUUID();
        out.println("PaperTrader demo: a master and a worker as two processes, a client over TLS,");
        out.println("real daily prices of 2015 to 2017 replayed, one trading day each 2 seconds.");
        ServerProcess.init(
                master, List.of("--data", data.resolve("master").toString(), "--listen", "127.0.0.1:" + masterPort));
        ServerProcess.init(worker, workerInit(data, uuid, masterPort, workerPort));
        out.println("Each has made an OpenPGP key; the link between them is encrypted.");
        try (ServerProcess masterProcess =
                ServerProcess.start("master", master, data.resolve("master"), masterSettings(data, uuid))) {
            masterProcess.awaitReady(START_LIMIT);
            try (ServerProcess workerProcess =
                    ServerProcess.start("worker", worker, data.resolve("worker"), List.of())) {
                workerProcess.awaitReady(START_LIMIT);
                new DemoDay(out, masterPort, masterProcess.certificate(masterPort), data.resolve("client")).play();
                stop(out, "worker", workerProcess);
                stop(out, "master", masterProcess);
            } catch (IllegalStateException e) {
                throw new IllegalStateException(
                        e.getMessage() + "\nLast lines of the master:\n" + masterProcess.outputText(), e);
            }
        } finally {
            delete(data);
        }
        out.println();
        out.println("Done: every step went as it should.");
        out.println("Your turn: './papertrader start', then './papertrader client' in a second terminal.");
        out.flush();
        return ExitCodes.OK;
    }

    private static List<String> workerInit(Path data, UUID uuid, int masterPort, int workerPort) {
        return List.of(
                "--data",
                data.resolve("worker").toString(),
                "--uuid",
                uuid.toString(),
                "--master",
                "127.0.0.1:" + masterPort,
                "--master-key",
                data.resolve("master/keys/master.asc").toString(),
                "--advertise",
                "127.0.0.1:" + workerPort);
    }

    /** The worker is registered as its {@code init} said. */
    private static List<String> masterSettings(Path data, UUID uuid) {
        return List.of(
                "org.papertrader.workermanagement:registered=" + uuid + " worker local 127.0.0.1 "
                        + data.resolve("worker/keys/worker.asc"),
                "org.papertrader.marketdata:intervalMs=" + INTERVAL_MS,
                "org.papertrader.marketdata:acceleration=" + MARKET_DAY_SECONDS * 1_000 / INTERVAL_MS);
    }

    private static void stop(PrintWriter out, String name, ServerProcess process) throws InterruptedException {
        int code = process.stop();
        if (code != 0) {
            throw new IllegalStateException("the " + name + " ended with code " + code + ":\n" + process.outputText());
        }
        out.println("   " + name + " stopped in order");
        out.flush();
    }

    /** Two, both held until both are found, so that they differ. */
    private static List<Integer> freePorts() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, here);
                ServerSocket other = new ServerSocket(0, 1, here)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
