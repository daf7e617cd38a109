package org.papertrader.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Cached current values from the packaged worker against GETs of values of the same size from Redis. */
@Command(
        name = "cached-reads",
        mixinStandardHelpOptions = true,
        description = "Compare cached getAssetValueCurrent of the packaged worker with GET of Redis: one generator,"
                + " interleaved rounds, values of the same size.")
final class CachedReads implements Callable<Integer> {
    private static final int QUIET_INTERVAL_MS = 3_600_000;
    private static final long SEED = 2049;

    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @Spec
    private CommandSpec spec;

    @Mixin
    private Distributions distributions = new Distributions();

    @Option(
            names = "--rounds",
            defaultValue = "7",
            description = "Rounds, each both servers (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a run (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "6",
            description = "Seconds before the first round, each server and depth.")
    private int warmUp;

    @Option(names = "--connections", defaultValue = "50", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--keys", defaultValue = "400", description = "Most assets asked for (default: ${DEFAULT-VALUE}).")
    private int keys;

    @Option(
            names = "--pipelines",
            defaultValue = "1,16,64",
            split = ",",
            description = "Requests that a connection sends at a time (default: ${DEFAULT-VALUE}).")
    private List<Integer> pipelines = List.of();

    @Option(
            names = "--worker-java-options",
            defaultValue = "",
            description = "Options for the worker's JVM, for example of a profiler.")
    private String workerJavaOptions = "";

    private record Target(String name, long pid, Generator generator) {}

    private record Pair(Sample redis, Sample worker) {
        double ratio() {
            return worker.load().perSecond() / redis.load().perSecond();
        }

        double cpuRatio() {
            return worker.serverMicros() / redis.serverMicros();
        }

        boolean isQuiet() {
            return redis.isQuiet() && worker.isQuiet();
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<String> settings = List.of("org.papertrader.marketdata:intervalMs=" + QUIET_INTERVAL_MS);
        try (Workspace workspace = new Workspace();
                Redis redis = Redis.start(workspace.folder("redis"));
                Cluster cluster = Cluster.start(
                        distributions, workspace, settings, new Cluster.JavaOptions("", workerJavaOptions));
                Trader trader = new Trader(cluster.workerAddress(), "bench")) {
            List<String> symbols = trader.symbols(keys);
            Map<String, byte[]> values = trader.currentPayloads(symbols);
            redis.set(values);
            out.println(Machine.describe());
            out.printf(
                    "%d assets, payloads of %d to %d bytes, %d connections, %d rounds of %d s%n",
                    symbols.size(),
                    values.values().stream()
                            .mapToInt(value -> value.length)
                            .min()
                            .orElse(0),
                    values.values().stream()
                            .mapToInt(value -> value.length)
                            .max()
                            .orElse(0),
                    connections,
                    rounds,
                    seconds);
            try (Generator gets = gets(redis.address(), symbols);
                    Generator frames = frames(cluster.workerAddress(), trader, symbols)) {
                measure(
                        out,
                        new Target("redis", redis.pid(), gets),
                        new Target("worker", cluster.worker().pid(), frames));
            }
        }
        return 0;
    }

    private Generator gets(InetSocketAddress address, List<String> symbols) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        Dialect dialect = new Dialect.Resp();
        for (int i = 0; i < connections; i++) {
            lanes.add(Lane.open(address, RequestRing.gets(symbols, SEED + i), dialect));
        }
        return new Generator(lanes);
    }

    private Generator frames(InetSocketAddress address, Trader trader, List<String> symbols) throws IOException {
        List<Lane> lanes = new ArrayList<>();
        Dialect dialect = new Dialect.Frames(Instruction.DATA);
        for (int i = 0; i < connections; i++) {
            RequestRing ring = RequestRing.frames(
                    symbols,
                    SEED + i,
                    trader.session(),
                    symbol -> new Request.GetAssetValueCurrent(new Symbol(symbol)));
            Lane lane = Lane.open(address, ring, dialect);
            lane.introduce(trader.switchToData(), new Dialect.Frames(Instruction.STATE_SWITCH_SUCCESS));
            lanes.add(lane);
        }
        return new Generator(lanes);
    }

    private void measure(PrintWriter out, Target redis, Target worker) throws IOException {
        for (int pipeline : pipelines) {
            redis.generator().run(pipeline, Duration.ofSeconds(warmUp));
            worker.generator().run(pipeline, Duration.ofSeconds(warmUp));
        }
        for (int pipeline : pipelines) {
            out.println();
            out.println("pipeline " + pipeline);
            out.println("round server       replies/s  p50 us  p99 us  server us/op  generator  others");
            List<Pair> pairs = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                Sample first = run(out, round, pipeline, redis);
                pairs.add(new Pair(first, run(out, round, pipeline, worker)));
            }
            summarize(out, pairs);
        }
    }

    private Sample run(PrintWriter out, int round, int pipeline, Target target) throws IOException {
        Sample sample = Sample.take(target.generator(), target.pid(), pipeline, Duration.ofSeconds(seconds));
        out.println(Numbers.format(
                "%5d %-8s %,13.0f %7.0f %7.0f %13.2f %10.2f %7.2f%s",
                round,
                target.name(),
                sample.load().perSecond(),
                sample.load().p50Micros(),
                sample.load().p99Micros(),
                sample.serverMicros(),
                sample.load().generatorCores(),
                sample.otherCores(),
                sample.isQuiet() ? "" : " contended"));
        out.flush();
        return sample;
    }

    private static void summarize(PrintWriter out, List<Pair> pairs) {
        summarize(out, "all rounds", pairs);
        List<Pair> quiet = pairs.stream().filter(Pair::isQuiet).toList();
        if (!quiet.isEmpty() && quiet.size() < pairs.size()) {
            summarize(out, "quiet rounds", quiet);
        }
        out.flush();
    }

    private static void summarize(PrintWriter out, String which, List<Pair> pairs) {
        out.println(Numbers.format(
                "%s (%d): worker %,.0f/s, redis %,.0f/s, ratio %.2f (%.2f to %.2f);"
                        + " server us/op %.2f, %.2f, ratio %.2f; p99 %.0f, %.0f us",
                which,
                pairs.size(),
                Numbers.median(pairs, pair -> pair.worker().load().perSecond()),
                Numbers.median(pairs, pair -> pair.redis().load().perSecond()),
                Numbers.median(pairs, Pair::ratio),
                pairs.stream().mapToDouble(Pair::ratio).min().orElse(0),
                pairs.stream().mapToDouble(Pair::ratio).max().orElse(0),
                Numbers.median(pairs, pair -> pair.worker().serverMicros()),
                Numbers.median(pairs, pair -> pair.redis().serverMicros()),
                Numbers.median(pairs, Pair::cpuRatio),
                Numbers.median(pairs, pair -> pair.worker().load().p99Micros()),
                Numbers.median(pairs, pair -> pair.redis().load().p99Micros())));
    }
}
