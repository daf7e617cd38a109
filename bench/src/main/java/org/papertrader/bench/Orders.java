package org.papertrader.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Durable acceptance of orders, through worker and master into the database. */
@Command(
        name = "orders",
        mixinStandardHelpOptions = true,
        description = "Let clients, each with its own account, buy through worker and master; an order counts when it"
                + " was acknowledged, which is after its fsync. Fsyncs are counted with strace where it is installed.")
final class Orders implements Callable<Integer> {
    private static final int QUIET_INTERVAL_MS = 3_600_000;
    private static final long SEED = 2048;
    private static final Quantity QUANTITY = Quantity.parse("0.0001");
    private static final List<String> SETTINGS = List.of(
            "org.papertrader.marketdata:intervalMs=" + QUIET_INTERVAL_MS,
            "org.papertrader.trading:startingCash=1000000000",
            "org.papertrader.trading:openOrdersMax=10000000");

    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @Spec
    private CommandSpec spec;

    @Mixin
    private Distributions distributions = new Distributions();

    @Option(names = "--clients", defaultValue = "64", description = "Clients and accounts (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--pipelines",
            defaultValue = "1,16",
            split = ",",
            description = "Orders that a client has under way (default: ${DEFAULT-VALUE}).")
    private List<Integer> pipelines = List.of();

    @Option(names = "--rounds", defaultValue = "5", description = "Runs for each depth (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "3", description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            description = "Seconds before the first run (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    private record Run(Sample master, double workerMicros, Instant from, Instant to) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Machine.describe());
        try (Workspace workspace = new Workspace()) {
            out.println(Numbers.format(
                    "the disk alone: %,.0f appends of 128 bytes with fdatasync a second", Fsyncs.alone(workspace)));
            Path trace = workspace.folder("fsync.trace");
            List<List<Run>> all = new ArrayList<>();
            try (Cluster cluster = Cluster.start(
                    distributions.prefixed("master", Fsyncs.tracer(trace)),
                    workspace,
                    SETTINGS,
                    Cluster.JavaOptions.NONE)) {
                load(out, cluster, all);
            }
            Fsyncs fsyncs = Fsyncs.read(trace);
            out.println();
            for (int i = 0; i < pipelines.size(); i++) {
                summarize(out, pipelines.get(i), all.get(i), fsyncs);
            }
        }
        out.flush();
        return 0;
    }

    private void load(PrintWriter out, Cluster cluster, List<List<Run>> all) throws IOException {
        out.println("registering " + clients + " clients");
        out.flush();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            try (Trader trader = new Trader(cluster.workerAddress(), "bench" + i)) {
                List<String> symbols = trader.symbols(100);
                RequestRing ring = RequestRing.frames(
                        symbols,
                        SEED + i,
                        trader.session(),
                        symbol -> new Request.Purchase(new Symbol(symbol), QUANTITY, Optional.empty()));
                lanes.add(Lane.open(cluster.workerAddress(), ring, new Dialect.Frames(Instruction.PURCHASE_SUCCESS)));
            }
        }
        try (Generator generator = new Generator(lanes)) {
            generator.run(1, Duration.ofSeconds(warmUp));
            for (int pipeline : pipelines) {
                out.println();
                out.println("each client has " + pipeline + " under way");
                out.println("round  orders/s  p50 ms  p99 ms  master us/op  worker us/op  generator  others");
                List<Run> runs = new ArrayList<>();
                for (int round = 1; round <= rounds; round++) {
                    runs.add(run(out, round, pipeline, generator, cluster));
                }
                all.add(runs);
            }
        }
    }

    private Run run(PrintWriter out, int round, int pipeline, Generator generator, Cluster cluster) throws IOException {
        double worker = Machine.cpuSeconds(cluster.worker().pid());
        Instant from = Instant.now();
        Sample sample = Sample.take(generator, cluster.master().pid(), pipeline, Duration.ofSeconds(seconds));
        Instant to = Instant.now();
        double workerUsed = Machine.cpuSeconds(cluster.worker().pid()) - worker;
        double others = Math.max(0, sample.otherCores() - workerUsed / seconds);
        Sample corrected = new Sample(sample.load(), sample.serverMicros(), others);
        Run run =
                new Run(corrected, workerUsed * 1e6 / Math.max(1, sample.load().replies()), from, to);
        out.println(Numbers.format(
                "%5d %,9.0f %7.2f %7.2f %13.1f %13.1f %10.2f %7.2f%s",
                round,
                sample.load().perSecond(),
                sample.load().p50Micros() / 1e3,
                sample.load().p99Micros() / 1e3,
                sample.serverMicros(),
                run.workerMicros(),
                sample.load().generatorCores(),
                others,
                corrected.isQuiet() ? "" : " contended"));
        out.flush();
        return run;
    }

    private void summarize(PrintWriter out, int pipeline, List<Run> runs, Fsyncs fsyncs) {
        double perSecond = Numbers.median(runs, run -> run.master().load().perSecond());
        out.println(Numbers.format(
                "%d clients, %d under way each: %,.0f orders/s, p50 %.2f ms, p99 %.2f ms; %s",
                clients,
                pipeline,
                perSecond,
                Numbers.median(runs, run -> run.master().load().p50Micros() / 1e3),
                Numbers.median(runs, run -> run.master().load().p99Micros() / 1e3),
                fsyncs.isCounted()
                        ? Numbers.format(
                                "%,.0f fsyncs/s, %.1f orders for each",
                                Numbers.median(runs, run -> fsyncs.perSecond(run.from(), run.to())),
                                perSecond / Numbers.median(runs, run -> fsyncs.perSecond(run.from(), run.to())))
                        : "fsyncs not counted: strace is not installed"));
    }
}
