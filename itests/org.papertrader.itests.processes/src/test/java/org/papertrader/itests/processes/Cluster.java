package org.papertrader.itests.processes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.WorkerServer;

/**
 * A master with its shell and any number of workers from their packaged distributions, set up by {@code init} as operators
 * do it, in a folder of their own.
 */
final class Cluster implements AutoCloseable {
    static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final int masterPort = Ports.free();
    private final Path folder;
    private final Path home;
    private final List<String> settings;
    private ServerProcess master;
    private final ClientOptions options;
    private final List<Runnable> closings = new ArrayList<>();

    /**
     * A worker to be.
     *
     * @param home its distribution
     * @param host where it listens to clients
     * @param masterPort where it believes the master to be
     * @param allowed from where the master admits it
     */
    record Plan(String name, UUID uuid, Path home, String host, int port, int masterPort, String allowed) {
        Plan withHome(Path other) {
            return new Plan(name, uuid, other, host, port, masterPort, allowed);
        }

        Plan withHost(String other) {
            return new Plan(name, uuid, home, other, port, masterPort, allowed);
        }

        Plan withAllowed(String other) {
            return new Plan(name, uuid, home, host, port, masterPort, other);
        }

        Plan withMasterPort(int other) {
            return new Plan(name, uuid, home, host, port, other, allowed);
        }
    }

    /** Starts a master whose every setting but its port is the default. */
    static Cluster byDefault(Path folder, Path home) throws IOException, InterruptedException {
        return new Cluster(folder, home, List.of());
    }

    /** Starts a master; an interval takes a second, and a day of the replayed prices, unless the settings say otherwise. */
    Cluster(Path folder, String... masterSettings) throws IOException, InterruptedException {
        this(
                folder,
                Installation.home("master"),
                Stream.concat(
                                Stream.of(
                                        Installation.CHEAP_MEMORY,
                                        Installation.CHEAP_ITERATIONS,
                                        "org.papertrader.trading:openOrdersMax=1000000",
                                        "org.papertrader.marketdata:intervalMs=1000",
                                        "org.papertrader.marketdata:acceleration=86400"),
                                Stream.of(masterSettings))
                        .toList());
    }

    private Cluster(Path folder, Path home, List<String> masterSettings) throws IOException, InterruptedException {
        this.folder = folder;
        ServerProcess.init(home, List.of("--data", folder.resolve("master").toString()));
        this.home = home;
        settings = new ArrayList<>(List.of("org.papertrader.transport~master:port=" + masterPort));
        settings.addAll(masterSettings);
        master = startedMaster();
        options = Installation.patient(ClientOptions.defaults())
                .withTrust(ServerTrust.pinned(master.certificate(masterPort)));
    }

    private ServerProcess startedMaster() throws IOException, InterruptedException {
        ServerProcess process =
                started(ServerProcess.startWithShell("master", home, folder.resolve("master"), settings));
        try {
            process.awaitReady(START_LIMIT);
            return process;
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    /** Kills the master and starts it again on the same data. */
    void crashMaster() throws IOException, InterruptedException {
        master.kill();
        master = startedMaster();
    }

    /** Stops the master in order and does something before it is started again. */
    void restartMaster(Between between) throws IOException, InterruptedException {
        if (master.stop() != 0) {
            throw new IOException("the master did not stop in order:\n" + master.outputText());
        }
        between.run();
        master = startedMaster();
    }

    /** What is done while there is no master. */
    @FunctionalInterface
    interface Between {
        void run() throws IOException;
    }

    ServerProcess master() {
        return master;
    }

    int masterPort() {
        return masterPort;
    }

    /** Trusts the master. */
    ClientOptions options() {
        return options;
    }

    /** Gives a command to the master's shell. */
    void type(String command) throws IOException {
        master.type(command);
    }

    /** Gives a command to the master's shell, again and again until it prints all of these. */
    void typeUntil(String command, String... printed) {
        await().atMost(START_LIMIT).pollInterval(Duration.ofMillis(300)).until(() -> {
            master.type(command);
            return List.of(printed).stream().allMatch(master.outputText()::contains);
        });
    }

    /** On 127.0.0.1, with the packaged worker, not registered yet. */
    Plan plan(String name) throws IOException {
        return new Plan(
                name,
                UUID.randomUUID(),
                Installation.home("worker"),
                "127.0.0.1",
                Ports.free(),
                masterPort,
                "127.0.0.1");
    }

    /** Makes the worker's key and configuration. */
    void init(Plan plan) throws IOException, InterruptedException {
        ServerProcess.init(
                plan.home(),
                List.of(
                        "--data",
                        data(plan.name()).toString(),
                        "--uuid",
                        plan.uuid().toString(),
                        "--name",
                        plan.name(),
                        "--master",
                        "127.0.0.1:" + plan.masterPort(),
                        "--master-key",
                        folder.resolve("master/keys/master.asc").toString(),
                        "--advertise",
                        plan.host() + ":" + plan.port()));
    }

    /** As often as it takes: the key of a machine whose clock is ahead is not of age at once. */
    void register(Plan plan) {
        typeUntil(
                "worker:register " + plan.uuid() + " " + plan.name() + " local " + plan.allowed() + " "
                        + data(plan.name()).resolve("keys/worker.asc"),
                plan.name() + " is registered already");
    }

    /** Starts a worker, which may or may not be admitted. */
    ServerProcess launch(Plan plan, String... settings) throws IOException {
        return started(ServerProcess.start(plan.name(), plan.home(), data(plan.name()), settings(plan, settings)));
    }

    /** Sets up, registers and starts a worker, and waits until clients are told of it. */
    ServerProcess join(Plan plan, String... settings) throws IOException, InterruptedException {
        init(plan);
        register(plan);
        return listed(plan, launch(plan, settings));
    }

    /** The same with its shell. */
    ServerProcess joinWithShell(Plan plan) throws IOException, InterruptedException {
        init(plan);
        register(plan);
        return listed(
                plan,
                started(ServerProcess.startWithShell(plan.name(), plan.home(), data(plan.name()), settings(plan))));
    }

    private ServerProcess listed(Plan plan, ServerProcess worker) throws IOException, InterruptedException {
        worker.awaitReady(START_LIMIT);
        awaitListed(plan.name());
        return worker;
    }

    private static List<String> settings(Plan plan, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "org.papertrader.transport~worker:address=" + plan.host(),
                "org.papertrader.transport~worker:port=" + plan.port()));
        all.addAll(List.of(more));
        return all;
    }

    /** The same with a plan of no particulars. */
    ServerProcess join(String name) throws IOException, InterruptedException {
        return join(plan(name));
    }

    /** The list that the master gives to whoever asks. */
    List<WorkerServer> workers() {
        try (BlockingTraderClient client = BlockingTraderClient.connect("127.0.0.1", masterPort, options)) {
            return client.workers();
        }
    }

    boolean isListed(String name) {
        return workers().stream().anyMatch(worker -> worker.name().equals(name));
    }

    void awaitListed(String name) {
        await().atMost(START_LIMIT).until(() -> isListed(name));
    }

    WorkerServer worker(String name) {
        return workers().stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The master, and this worker to begin with. */
    WorkerSource startingAt(String name) {
        return WorkerSource.master("127.0.0.1", masterPort).withKnown(List.of(worker(name)));
    }

    Path data(String name) {
        return folder.resolve(name);
    }

    /** The lines that a worker, or {@code master}, has logged so far and that have this in them. */
    List<String> logged(String name, String text) {
        try {
            return Files.readAllLines(data(name).resolve("log/papertrader.log")).stream()
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it closed when the cluster is, before what was there earlier. */
    void whenClosed(Runnable closing) {
        closings.add(0, closing);
    }

    private ServerProcess started(ServerProcess process) {
        whenClosed(process::close);
        return process;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
    }
}
