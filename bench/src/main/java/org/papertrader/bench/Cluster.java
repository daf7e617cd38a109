package org.papertrader.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A master and a worker as two processes from their packaged distributions. The worker speaks with clients in plaintext,
 * as the servers do that it is compared with.
 */
final class Cluster implements AutoCloseable {
    private static final String LOCAL_WORKER = "5b3f8a52-6f0e-4c9b-9d55-0f4d5f1c0001";
    private final Server master;
    private final Server worker;
    private final InetSocketAddress workerAddress;

    /** Options of the two JVMs, after the built-in ones. */
    record JavaOptions(String master, String worker) {
        static final JavaOptions NONE = new JavaOptions("", "");
    }

    /** @param masterSettings operator values of the master besides its port */
    static Cluster start(
            Distributions distributions, Workspace workspace, List<String> masterSettings, JavaOptions javaOptions)
            throws IOException, InterruptedException {
        int masterPort = Workspace.freePort();
        int workerPort = Workspace.freePort();
        List<String> settings = new ArrayList<>(masterSettings);
        settings.addAll(master(workspace, masterPort));
        Server master = distributions.start("master", workspace.folder("master"), settings, javaOptions.master());
        try {
            List<String> workerSettings = new ArrayList<>(worker(workspace, masterPort, workerPort));
            workerSettings.add("org.papertrader.transport~worker:tls=off");
            Server worker =
                    distributions.start("worker", workspace.folder("worker"), workerSettings, javaOptions.worker());
            return new Cluster(master, worker, new InetSocketAddress(InetAddress.getLoopbackAddress(), workerPort));
        } catch (IOException | InterruptedException | RuntimeException e) {
            master.close();
            throw e;
        }
    }

    private Cluster(Server master, Server worker, InetSocketAddress workerAddress) {
        this.master = master;
        this.worker = worker;
        this.workerAddress = workerAddress;
    }

    /** A master that knows the key which the worker will make. */
    static List<String> master(Workspace workspace, int port) {
        List<String> settings = new ArrayList<>(masterPort(port));
        settings.add("org.papertrader.workermanagement:registered=" + LOCAL_WORKER + " local local 127.0.0.0/8 "
                + workspace.folder("worker").resolve("keys/worker.asc"));
        return settings;
    }

    /** A worker that knows the key which the master has made. */
    static List<String> worker(Workspace workspace, int masterPort, int port) {
        List<String> settings = new ArrayList<>(workerPorts(masterPort, port));
        settings.add("org.papertrader.link.worker:uuid=" + LOCAL_WORKER);
        settings.add("org.papertrader.link.worker:masterKeyFile="
                + workspace.folder("master").resolve("keys/master.asc"));
        return settings;
    }

    static List<String> masterPort(int port) {
        return List.of("org.papertrader.transport~master:port=" + port);
    }

    static List<String> workerPorts(int masterPort, int port) {
        return List.of(
                "org.papertrader.transport~worker:port=" + port,
                "org.papertrader.link.worker:masterPort=" + masterPort,
                "org.papertrader.link.worker:advertisedPort=" + port);
    }

    Server master() {
        return master;
    }

    Server worker() {
        return worker;
    }

    InetSocketAddress workerAddress() {
        return workerAddress;
    }

    @Override
    public void close() {
        worker.close();
        master.close();
    }
}
