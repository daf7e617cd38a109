package org.papertrader.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.papertrader.log.front.internal.FrontRig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a log call with the caller's place costs the thread that makes it. */
@Command(
        name = "log-calls",
        mixinStandardHelpOptions = true,
        description = "Log from a stack of some depth with the place of the call, to a file each: PaperTrader's log,"
                + " Logback and Log4j 2, both plain and queued, in turns. Processor and wall time of the calling"
                + " thread; pauses between bursts keep every queue from filling.")
final class LogCalls implements Callable<Integer> {
    /** Room in every queue: that of Log4j 2 has 262,144 unless told otherwise. */
    static final int QUEUE = 8_192;

    private static final int BURST = 2_000;
    private static final int DISABLED = 10_000_000;

    // Set by picocli before the command runs.
    @SuppressWarnings("NullAway")
    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "9", description = "Measured rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--bursts", defaultValue = "10", description = "Bursts a round (default: ${DEFAULT-VALUE}).")
    private int bursts;

    @Option(names = "--depth", defaultValue = "20", description = "Frames below the call (default: ${DEFAULT-VALUE}).")
    private int depth;

    private record Cost(double cpuNanos, double wallNanos) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(Machine.describe());
        double before = Machine.busySeconds();
        double ownBefore = Machine.ownCpuSeconds();
        long begin = System.nanoTime();
        try (Workspace workspace = new Workspace()) {
            List<LogBackend> backends = new ArrayList<>();
            OwnLog own = new OwnLog(workspace.folder("own.log"));
            backends.add(own);
            for (boolean isQueued : List.of(false, true)) {
                backends.add(new LogbackLog(workspace.folder("logback-" + isQueued + ".log"), isQueued));
                backends.add(new Log4jLog(workspace.folder("log4j-" + isQueued + ".log"), isQueued));
            }
            Map<LogBackend, List<Cost>> costs = measure(backends);
            double others = (Machine.busySeconds() - before - (Machine.ownCpuSeconds() - ownBefore))
                    / ((System.nanoTime() - begin) / 1e9);
            report(out, own, costs, others);
            backends.forEach(LogBackend::close);
            prove(backends);
        }
        out.flush();
        return 0;
    }

    private Map<LogBackend, List<Cost>> measure(List<LogBackend> backends) throws IOException, InterruptedException {
        Map<LogBackend, List<Cost>> costs = new LinkedHashMap<>();
        // The first rounds are for the just-in-time compiler.
        int warmUp = rounds;
        for (int round = -warmUp; round < rounds; round++) {
            for (LogBackend backend : backends) {
                Cost cost = round(backend);
                if (round >= 0) {
                    costs.computeIfAbsent(backend, key -> new ArrayList<>()).add(cost);
                }
            }
        }
        return costs;
    }

    private Cost round(LogBackend backend) throws IOException, InterruptedException {
        long cpu = 0;
        long wall = 0;
        for (int i = 0; i < bursts; i++) {
            long cpuBegin = Machine.threadCpuNanos();
            long wallBegin = System.nanoTime();
            below(depth, backend);
            wall += System.nanoTime() - wallBegin;
            cpu += Machine.threadCpuNanos() - cpuBegin;
            rest(backend);
        }
        double events = (double) bursts * BURST;
        return new Cost(cpu / events, wall / events);
    }

    /** Until what is queued is written: PaperTrader's at the latest after a fifth of a second, the others' sooner. */
    private static void rest(LogBackend backend) throws InterruptedException {
        if (backend instanceof OwnLog) {
            FrontRig.ring().flush(Duration.ofSeconds(5));
        } else {
            TimeUnit.MILLISECONDS.sleep(30);
        }
    }

    /** Calls from a stack that is so many frames deeper. */
    private static void below(int frames, LogBackend backend) throws IOException {
        if (frames == 0) {
            backend.burst(BURST);
        } else {
            below(frames - 1, backend);
        }
    }

    private static void report(PrintWriter out, OwnLog own, Map<LogBackend, List<Cost>> costs, double others) {
        out.println("log              cpu ns/call  wall ns/call  papertrader's cpu  papertrader's wall");
        List<Cost> mine = costs.getOrDefault(own, List.of());
        costs.forEach((backend, list) -> out.println(Numbers.format(
                "%-16s %11.0f %13.0f %18s %19s",
                backend.name(),
                Numbers.median(list, Cost::cpuNanos),
                Numbers.median(list, Cost::wallNanos),
                ratios(mine, list, true),
                ratios(mine, list, false))));
        long begin = System.nanoTime();
        own.disabled(DISABLED);
        out.println(Numbers.format(
                "a call below the level: %.1f ns; others used %.2f cores%s",
                (System.nanoTime() - begin) / (double) DISABLED, others, others > 0.35 ? " (contended)" : ""));
    }

    /** Median and range of the rounds' ratios. */
    private static String ratios(List<Cost> mine, List<Cost> theirs, boolean isCpu) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
            ratios.add(
                    isCpu
                            ? mine.get(i).cpuNanos() / theirs.get(i).cpuNanos()
                            : mine.get(i).wallNanos() / theirs.get(i).wallNanos());
        }
        return Numbers.format(
                "%.2f (%.2f-%.2f)",
                Numbers.median(ratios, ratio -> ratio),
                ratios.stream().mapToDouble(ratio -> ratio).min().orElse(0),
                ratios.stream().mapToDouble(ratio -> ratio).max().orElse(0));
    }

    /** A log that lost events, or their places, was not measured. */
    private void prove(List<LogBackend> backends) throws IOException {
        long events = 2L * rounds * bursts * BURST;
        for (LogBackend backend : backends) {
            String wrong = backend.proof(events);
            if (!wrong.isEmpty()) {
                throw new IOException(wrong);
            }
        }
    }
}
