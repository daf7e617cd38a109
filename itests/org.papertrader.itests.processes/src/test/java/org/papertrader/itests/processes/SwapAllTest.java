package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;
import org.papertrader.client.WorkerSource;

/**
 * Every bundle of the packaged programs is swapped while clients of all kinds are served, by each way that operators have.
 * Of a swappable bundle (class S) no request fails and no connection drops; of the others (class I) clients come back by
 * themselves; no acknowledged order is lost or doubled, and money is conserved.
 *
 * <p>As a part of the build some bundles of the one program for both sides are swapped once. {@code
 * -Dpapertrader.swapSeconds=300} swaps all in every way, in turn for at least so long, in the two programs too; {@code
 * -Dpapertrader.swapBundles=REGEX} picks some of them. The table goes to {@code target/swaps-*.md} and {@code .json}.
 */
@Tag("CARD-4")
@Tag("CARD-6")
@Tag("CARD-7")
@Tag("PRO-16")
class SwapAllTest {
    private static final System.Logger LOG = System.getLogger(SwapAllTest.class.getName());
    private static final Duration LONG = Duration.ofSeconds(Integer.getInteger("papertrader.swapSeconds", 0));
    private static final boolean IS_LONG = LONG.toSeconds() > 0;
    /** The build has no time for all of them here: those that no test inside a distribution swaps, and some more. */
    private static final String FEW = "(deploy|workermanagement|assets[.]simulated|forecast[.]drift"
            + "|storage[.]h2|trading|gateway|cache[.]memory|transport|link)$";

    private static final Pattern PICKED =
            Pattern.compile(System.getProperty("papertrader.swapBundles", IS_LONG ? "." : FEW));
    private static final int TRADERS = Integer.getInteger("papertrader.swapTraders", IS_LONG ? 30 : 8);
    private static final int VISITORS = IS_LONG ? 4 : 1;
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final Map<String, SwapRow> rows = new LinkedHashMap<>();

    @Test
    void theProgramForBothSides() throws Exception {
        int masterPort = Ports.free();
        int workerPort = Ports.free();
        Path home = Distributions.copy("standalone", folder.resolve("home"));
        try (ServerProcess process = ServerProcess.startWithShell(
                "standalone",
                home,
                folder.resolve("data"),
                List.of(
                        "org.papertrader.transport~master:port=" + masterPort,
                        "org.papertrader.transport~worker:port=" + workerPort,
                        "org.papertrader.link.worker:masterPort=" + masterPort,
                        "org.papertrader.link.worker:advertisedPort=" + workerPort))) {
            process.awaitReady(Cluster.START_LIMIT);
            await().atMost(Cluster.START_LIMIT)
                    .until(() -> !process.certificate(workerPort).isEmpty());
            ClientOptions options =
                    ClientOptions.defaults().withTrust(ServerTrust.pinned(process.certificate(masterPort)));
            SwappedProgram program = new SwappedProgram("both", process, home, folder.resolve("newer"));
            swapAll("standalone", List.of(program), WorkerSource.master("127.0.0.1", masterPort), options);
            assertThat(process.stop()).as(process::outputText).isZero();
        }
    }

    @Test
    void masterAndWorker() throws Exception {
        assumeTrue(IS_LONG, "with -Dpapertrader.swapSeconds");
        Path masterHome = Distributions.copy("master", folder.resolve("home-master"));
        Path workerHome = Distributions.copy("worker", folder.resolve("home-worker"));
        try (Cluster cluster = Cluster.byDefault(folder, masterHome)) {
            ServerProcess worker = cluster.joinWithShell(cluster.plan("one").withHome(workerHome));
            swapAll(
                    "programs",
                    List.of(
                            new SwappedProgram("worker", worker, workerHome, folder.resolve("newer-worker")),
                            new SwappedProgram("master", cluster.master(), masterHome, folder.resolve("newer-master"))),
                    WorkerSource.master("127.0.0.1", cluster.masterPort()),
                    cluster.options());
            assertThat(worker.stop()).as(worker::outputText).isZero();
            assertThat(cluster.master().stop()).as(cluster.master()::outputText).isZero();
        }
    }

    private void swapAll(String title, List<SwappedProgram> programs, WorkerSource source, ClientOptions options)
            throws Exception {
        SwappedProgram.Target nothing = new SwappedProgram.Target("org.papertrader.-", true, false, Optional.empty());
        SwapRow baseline = row("-", nothing, SwapWay.BASELINE);
        SwapRow entering = new SwapRow("-", nothing, SwapWay.BASELINE);
        try (SwapLoad load = new SwapLoad(source, options, RETURN_LIMIT, entering)) {
            load.start(TRADERS, VISITORS, baseline);
            load.awaitRounds();
            assertThat(baseline.problems()).as("without any swap").isEmpty();
            Instant end = Instant.now().plus(LONG);
            do {
                for (boolean swappable : List.of(true, false)) {
                    for (SwappedProgram program : programs) {
                        pass(program, swappable, load);
                    }
                }
            } while (Instant.now().isBefore(end));
            load.stopAndCheck();
        } finally {
            write(title);
        }
        assertThat(rows.values()).flatMap(SwapRow::problems).as(table()).isEmpty();
    }

    private void pass(SwappedProgram program, boolean swappable, SwapLoad load) throws Exception {
        int turn = 0;
        for (SwappedProgram.Target target : program.targets()) {
            if (target.swappable() == swappable
                    && (IS_LONG || !target.exporting())
                    && PICKED.matcher(target.name()).find()) {
                List<SwapWay> ways = target.ways();
                for (SwapWay way : IS_LONG ? ways : List.of(ways.get(turn % ways.size()))) {
                    swap(program, row(program.name, target, way), load);
                }
                turn++;
            }
        }
    }

    /** What goes wrong is in the row, and the others have their turn. */
    private static void swap(SwappedProgram program, SwapRow row, SwapLoad load) throws Exception {
        try {
            load.begin(row);
            program.swap(row);
        } catch (ConditionTimeoutException | AssertionError e) {
            row.broken(e.toString());
        }
        try {
            load.awaitRounds();
        } catch (ConditionTimeoutException e) {
            row.broken(e.toString());
        }
        LOG.log(System.Logger.Level.INFO, "{0}", row.line());
        row.problems().forEach(problem -> LOG.log(System.Logger.Level.WARNING, "{0}", problem));
    }

    private SwapRow row(String program, SwappedProgram.Target target, SwapWay way) {
        return rows.computeIfAbsent(
                program + " " + target.name() + " " + way, key -> new SwapRow(program, target, way));
    }

    private String table() {
        return rows.values().stream().map(SwapRow::line).collect(Collectors.joining("\n", SwapRow.head(), "\n"));
    }

    private void write(String title) throws IOException {
        Path target = Files.createDirectories(Path.of("target"));
        Files.writeString(target.resolve("swaps-" + title + ".md"), table());
        List<String> objects = new ArrayList<>();
        rows.values().forEach(row -> objects.add("  " + row.json()));
        Files.writeString(target.resolve("swaps-" + title + ".json"), "[\n" + String.join(",\n", objects) + "\n]\n");
    }
}
