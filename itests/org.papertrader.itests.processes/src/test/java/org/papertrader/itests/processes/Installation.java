package org.papertrader.itests.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;

/** A master and a worker from their packaged distributions, on ports and in a folder of their own. */
final class Installation implements AutoCloseable {
    /** The tag of tests that demand times: they run when all others are done, one after the other. */
    static final String ALONE = "alone";

    /** Passwords are hashed for hundreds of accounts in these tests, and at no cost of theirs. */
    static final String CHEAP_MEMORY = "org.papertrader.auth:memoryKib=7168";

    static final String CHEAP_ITERATIONS = "org.papertrader.auth:iterations=1";

    private static final String LOCAL_WORKER = "5b3f8a52-6f0e-4c9b-9d55-0f4d5f1c0001";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

    final int masterPort;
    final int workerPort;
    private final Path folder;
    private final List<String> masterSettings;
    private final List<String> workerSettings;
    private final Map<String, String> environment;
    private ServerProcess master;
    private ServerProcess worker;

    private Installation(Path folder, List<String> masterSettings, List<String> workerSettings) throws IOException {
        this(folder, masterSettings, workerSettings, Map.of());
    }

    private Installation(
            Path folder, List<String> masterSettings, List<String> workerSettings, Map<String, String> environment)
            throws IOException {
        this.folder = folder;
        this.environment = environment;
        this.masterPort = Ports.free();
        this.workerPort = Ports.free();
        this.masterSettings = masterSettings;
        this.workerSettings = workerSettings;
    }

    /**
     * Starts both.
     *
     * @param intervalMs update interval; each one is a trading day of the replayed prices
     */
    static Installation start(Path folder, int intervalMs, String... moreMasterSettings)
            throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(List.of(
                "org.papertrader.marketdata:intervalMs=" + intervalMs,
                "org.papertrader.marketdata:acceleration=" + 86_400_000 / intervalMs));
        settings.addAll(List.of(moreMasterSettings));
        return started(new Installation(folder, settings, List.of()));
    }

    /** The same on another OSGi framework. */
    static Installation startOn(Path framework, Path folder, int intervalMs) throws IOException, InterruptedException {
        return started(new Installation(
                folder,
                List.of(
                        "org.papertrader.marketdata:intervalMs=" + intervalMs,
                        "org.papertrader.marketdata:acceleration=" + 86_400_000 / intervalMs),
                List.of(),
                Map.of("PAPERTRADER_FRAMEWORK", framework.toString())));
    }

    /** Starts both; clients are spoken with in plaintext. */
    static Installation startPlaintext(Path folder, int intervalMs) throws IOException, InterruptedException {
        return started(new Installation(
                folder,
                List.of(
                        "org.papertrader.marketdata:intervalMs=" + intervalMs,
                        "org.papertrader.marketdata:acceleration=" + 86_400_000 / intervalMs,
                        "org.papertrader.transport~master:tls=off"),
                List.of("org.papertrader.transport~worker:tls=off")));
    }

    /** The same with everything logged that there is to log. */
    static Installation startLoggingAll(Path folder, int intervalMs, String moreMasterSetting)
            throws IOException, InterruptedException {
        String all = "org.papertrader.log.front:levelDefault=TRACE";
        String netty = "org.papertrader.log.front:levels=io.netty=TRACE";
        return started(new Installation(
                folder,
                List.of(
                        "org.papertrader.marketdata:intervalMs=" + intervalMs,
                        "org.papertrader.marketdata:acceleration=" + 86_400_000 / intervalMs,
                        "org.papertrader.transport~master:tls=off",
                        all,
                        netty,
                        moreMasterSetting),
                List.of("org.papertrader.transport~worker:tls=off", all, netty)));
    }

    private static Installation started(Installation installation) throws IOException, InterruptedException {
        try {
            installation.startMaster();
            installation.startWorker();
            return installation;
        } catch (IOException e) {
            installation.close();
            throw e;
        }
    }

    /** Each side makes its key at the first start; the other one is told where its public part is. */
    void startMaster() throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(masterSettings);
        settings.add(CHEAP_MEMORY);
        settings.add(CHEAP_ITERATIONS);
        settings.add("org.papertrader.workermanagement:registered=" + LOCAL_WORKER + " local local 127.0.0.0/8 "
                + folder.resolve("worker/keys/worker.asc"));
        settings.add("org.papertrader.transport~master:port=" + masterPort);
        master = ServerProcess.start("master", home("master"), folder.resolve("master"), settings, environment);
        master.awaitReady(START_LIMIT);
    }

    void startWorker() throws IOException, InterruptedException {
        List<String> settings = new ArrayList<>(workerSettings);
        settings.add("org.papertrader.transport~worker:port=" + workerPort);
        settings.add("org.papertrader.link.worker:uuid=" + LOCAL_WORKER);
        settings.add("org.papertrader.link.worker:masterPort=" + masterPort);
        settings.add("org.papertrader.link.worker:masterKeyFile=" + folder.resolve("master/keys/master.asc"));
        settings.add("org.papertrader.link.worker:advertisedPort=" + workerPort);
        worker = ServerProcess.start("worker", home("worker"), folder.resolve("worker"), settings, environment);
        worker.awaitReady(START_LIMIT);
    }

    ServerProcess master() {
        return master;
    }

    ServerProcess worker() {
        return worker;
    }

    BlockingTraderClient client() {
        return client(patient(ClientOptions.defaults()));
    }

    BlockingTraderClient client(ClientOptions options) {
        ServerTrust worker = ServerTrust.pinned(worker().certificate(workerPort));
        return BlockingTraderClient.connect("127.0.0.1", workerPort, options.withTrust(worker));
    }

    /** The clients share the servers' processors, where others have their own. */
    static ClientOptions patient(ClientOptions options) {
        return new ClientOptions(
                CONNECT_LIMIT,
                options.requestTimeout(),
                options.notices(),
                options.moves(),
                options.progress(),
                options.trust(),
                options.measuring());
    }

    /** A client of a new account, logged in. */
    BlockingTraderClient trader(String name) {
        BlockingTraderClient client = client();
        client.register(name, name + "@example.org", "a password of " + name);
        client.login(name, "a password of " + name, false);
        return client;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
        if (master != null) {
            master.close();
        }
    }

    static Path home(String role) {
        String version = System.getProperty("papertrader.it.version");
        return Path.of(System.getProperty("papertrader.it.distributions"))
                .resolve(role)
                .resolve("target")
                .resolve("papertrader-" + role + "-" + version)
                .toAbsolutePath()
                .normalize();
    }
}
