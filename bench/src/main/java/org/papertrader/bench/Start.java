package org.papertrader.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Time to 'ready:' and resident memory of every distribution. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Start each distribution several times, with an empty and with a used data directory: time until"
                + " it accepts connections, and resident memory then and a while later.")
final class Start implements Callable<Integer> {
    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @Spec
    private CommandSpec spec;

    @Mixin
    private Distributions distributions = new Distributions();

    @Option(names = "--runs", defaultValue = "5", description = "Runs of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--settle",
            defaultValue = "3",
            description = "Seconds from ready to the second look at memory (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(names = "--java-options", defaultValue = "", description = "Options for the JVMs, after the built-in ones.")
    private String javaOptions = "";

    private record Run(double seconds, double cpuSeconds, double readyMiB, double laterMiB) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Machine.describe());
        out.println("distribution  data   seconds  cpu s  MiB at ready  MiB after " + settle + " s");
        Map<String, List<Run>> all = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            try (Workspace workspace = new Workspace()) {
                for (String data : List.of("empty", "used")) {
                    round(out, workspace, data, all);
                }
            }
        }
        out.println();
        out.println("medians of " + runs);
        all.forEach((name, list) -> out.println(line(
                name,
                new Run(
                        Numbers.median(list, Run::seconds),
                        Numbers.median(list, Run::cpuSeconds),
                        Numbers.median(list, Run::readyMiB),
                        Numbers.median(list, Run::laterMiB)))));
        out.flush();
        return 0;
    }

    private void round(PrintWriter out, Workspace workspace, String data, Map<String, List<Run>> all)
            throws IOException, InterruptedException {
        int masterPort = Workspace.freePort();
        List<String> workerSettings = Cluster.worker(workspace, masterPort, Workspace.freePort());
        try (Server master = launch("master", workspace, Cluster.master(workspace, masterPort))) {
            note(out, "master", data, master, all);
            try (Server worker = launch("worker", workspace, workerSettings)) {
                note(out, "worker", data, worker, all);
            }
        }
        int port = Workspace.freePort();
        List<String> ports = new ArrayList<>(Cluster.masterPort(port));
        ports.addAll(Cluster.workerPorts(port, Workspace.freePort()));
        try (Server standalone = launch("standalone", workspace, ports)) {
            note(out, "standalone", data, standalone, all);
        }
    }

    private Server launch(String role, Workspace workspace, List<String> settings)
            throws IOException, InterruptedException {
        Path data = workspace.folder(role);
        return distributions.start(role, data, settings, javaOptions);
    }

    private void note(PrintWriter out, String role, String data, Server server, Map<String, List<Run>> all)
            throws IOException, InterruptedException {
        double cpu = Machine.cpuSeconds(server.pid());
        double ready = Machine.memoryMiB(server.pid(), "VmRSS");
        TimeUnit.SECONDS.sleep(settle);
        Run run = new Run(server.startSeconds(), cpu, ready, Machine.memoryMiB(server.pid(), "VmRSS"));
        String name = Numbers.format("%-12s  %-5s", role, data);
        all.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
        out.println(line(name, run));
        out.flush();
    }

    private static String line(String name, Run run) {
        return Numbers.format(
                "%s %9.2f %6.2f %13.0f %15.0f", name, run.seconds(), run.cpuSeconds(), run.readyMiB(), run.laterMiB());
    }
}
