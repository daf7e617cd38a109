package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;
import org.papertrader.client.WorkerSource;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.bundles.Repository;
import org.papertrader.itests.bundles.SigningKey;
import org.papertrader.itests.bundles.TestBundle;
import org.papertrader.itests.bundles.TestRepository;

/**
 * A day of an operator over SSH while clients trade: upgrades, features that are broken and evil, and what breaks otherwise.
 * Clients hardly notice; and from the log and the audit log alone one finds out what happened.
 */
@Tag("CARD-4")
@Tag("CARD-6")
@Tag("CARD-7")
@Tag("CARD-9")
@Tag("MST-16")
class OperatorsDayTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PULLED = Duration.ofSeconds(10);
    private static final int TRADERS = 4;
    private static final String SETTLE = "org.papertrader.features:settleMs=500";
    private static final String SSH = "org.papertrader.shell.ssh:port=";
    private static final String NEXT = "9.0";

    @TempDir
    private Path folder;

    private final Map<String, SwapRow> rows = new LinkedHashMap<>();

    @Test
    void whateverHappensClientsTradeOnAndTheLogsTellIt() throws Exception {
        int masterPort = Ports.free();
        int workerPort = Ports.free();
        try (Cluster cluster = new Cluster(folder.resolve("cluster"), SETTLE, SSH + masterPort)) {
            cluster.join(cluster.plan("one"), SETTLE, SSH + workerPort);
            SwapRow first = row("nothing", true);
            try (Operator master = new Operator(cluster.data("master"), masterPort);
                    Operator worker = new Operator(cluster.data("one"), workerPort);
                    SwapLoad load = new SwapLoad(
                            WorkerSource.master("127.0.0.1", cluster.masterPort()),
                            cluster.options(),
                            Cluster.START_LIMIT,
                            row("entering", false))) {
                load.start(TRADERS, 1, first);
                load.awaitRounds();
                upgrades(master, worker, load);
                featuresThatAreNotTaken(master, load);
                storageIsPulled(master, load);
                theDiskOfTheLogFills(cluster, master, load);
                theMainModuleIsPulled(master, load);
                load.begin(row("the master is killed", false));
                cluster.crashMaster();
                load.awaitRounds();
                try (Operator again = new Operator(cluster.data("master"), masterPort)) {
                    await().atMost(LIMIT)
                            .until(() -> again.run("health:list").out(), text -> !text.contains("CRITICAL"));
                    load.stopAndCheck();
                    theLogTellsIt(again);
                }
            }
            theAuditTellsIt(Files.readAllLines(cluster.data("master").resolve("log/audit.log")));
        }
        assertThat(rows.values()).flatMap(SwapRow::problems).isEmpty();
    }

    private void upgrades(Operator master, Operator worker, SwapLoad load) throws Exception {
        load.begin(row("upgrades", true));
        TestRepository newer =
                newer("master", "org.papertrader.trading", "org.papertrader.auth", "org.papertrader.assets.replay");
        done(master, "feature:repo-add " + newer.root());
        assertThat(done(master, "feature:upgrade master")).contains("upgraded master from ", " to " + NEXT);
        TestRepository newerWorker = newer("worker", "org.papertrader.cache.memory");
        done(worker, "feature:repo-add " + newerWorker.root());
        assertThat(done(worker, "feature:upgrade worker")).contains("upgraded worker from ", " to " + NEXT);
        goOn(load, master);
    }

    private void featuresThatAreNotTaken(Operator master, SwapLoad load) throws Exception {
        load.begin(row("features that are not taken", true));
        SigningKey ours = SigningKey.make(folder, "ours");
        byte[] evil = Jars.restamp(ours.sign(TestBundle.of("it.evil", "1.0.0").bytes()), new Version("1.0.1"));
        TestRepository repository = new TestRepository(Files.createDirectories(folder.resolve("others")))
                .bundle(
                        "alerts",
                        "1",
                        TestBundle.of("it.alerts", "1.0.0")
                                .header("Import-Package", "javax.mail")
                                .bytes())
                .bundle("evil", "1", evil)
                .feature("alerts", "1", "alerts:1")
                .feature("evil", "1", "evil:1");
        done(master, "feature:repo-add " + repository.root());
        failed(
                master,
                "feature:install alerts",
                "install of alerts 1 is rolled back: it.alerts needs package javax.mail");
        done(master, "config:set org.papertrader.features pinnedCertificates " + ours.fingerprint());
        failed(master, "feature:install evil", "it:evil:1 is refused: ");
        done(master, "config:unset org.papertrader.features pinnedCertificates");
        load.awaitRounds();
    }

    /** Orders wait or are refused meanwhile; what was acknowledged is there, as all that is. */
    private void storageIsPulled(Operator master, SwapLoad load) throws Exception {
        load.begin(row("the storage is pulled", false));
        Operator.Answer asked = master.run("stop org.papertrader.storage.h2");
        assertThat(asked.code()).isEqualTo(2);
        done(master, "stop org.papertrader.storage.h2 --yes");
        Instant begun = Instant.now();
        await().atMost(LIMIT).until(() -> master.run("health:check storage").out(), text -> text.contains("CRITICAL"));
        await().atMost(LIMIT).until(() -> Duration.between(begun, Instant.now()).compareTo(PULLED) >= 0);
        done(master, "start org.papertrader.storage.h2");
        await().atMost(LIMIT).until(() -> master.run("health:check storage").out(), text -> text.contains("OK"));
        goOn(load, master);
    }

    /** Says, when clients do not go on, what the master knows of it. */
    private static void goOn(SwapLoad load, Operator master) throws IOException {
        try {
            load.awaitRounds();
        } catch (ConditionTimeoutException e) {
            for (String line : List.of("health:list", "status", "queue:show", "link:status", "threads '' --full")) {
                Operator.Answer answer = master.run(line);
                e.addSuppressed(new AssertionError(line + '\n' + answer.out() + answer.err()));
            }
            throw e;
        }
    }

    private void theDiskOfTheLogFills(Cluster cluster, Operator master, SwapLoad load) throws Exception {
        load.begin(row("the log's disk fills", true));
        Path full = Files.createDirectories(folder.resolve("full"));
        Path file = Files.createSymbolicLink(full.resolve("papertrader.log"), Path.of("/dev/full"));
        done(master, "config:set org.papertrader.log directory " + full);
        await().atMost(LIMIT)
                .until(() -> cluster.master().outputText(), text -> text.contains("No space left on device"));
        await().atMost(LIMIT).until(() -> master.run("health:check log").out(), text -> text.contains("CRITICAL"));
        load.awaitRounds();
        Files.delete(file);
        await().atMost(LIMIT)
                .until(() -> Files.exists(file) && Files.readString(file).contains("could not be written"));
        done(master, "config:unset org.papertrader.log directory");
        load.awaitRounds();
    }

    private void theMainModuleIsPulled(Operator master, SwapLoad load) throws Exception {
        load.begin(row("the main module is pulled", false));
        done(master, "stop org.papertrader.master --yes");
        await().atMost(LIMIT).until(() -> master.run("health:list").out(), text -> text.contains("CRITICAL"));
        done(master, "start org.papertrader.master");
        goOn(load, master);
    }

    /** In the files of the master's log, over its crash. */
    private void theLogTellsIt(Operator master) throws IOException {
        for (String text : List.of(
                "upgraded master from",
                "install of alerts 1 is rolled back",
                "it:evil:1 is refused",
                "org.papertrader.features pinnedCertificates has its default again",
                "org.papertrader.storage.h2 0.1.0.SNAPSHOT is stopped",
                "org.papertrader.storage.h2 0.1.0.SNAPSHOT is started",
                "org.papertrader.master 0.1.0.SNAPSHOT is stopped")) {
            assertThat(searched(master, text)).as(text).contains(text);
        }
        // That change itself may be the last entry here or the first one there.
        String moved = "org.papertrader.log directory is set to";
        assertThat(searched(master, moved) + Files.readString(folder.resolve("full/papertrader.log")))
                .as(moved)
                .contains(moved);
    }

    private static String searched(Operator master, String text) throws IOException {
        return done(master, "log:search '" + text + "' --since 1h --full");
    }

    private static void theAuditTellsIt(List<String> lines) {
        List<String> commands = lines.stream()
                .filter(line -> line.contains(" event=exit "))
                .map(line -> line.replaceFirst(
                                "^.* user=(\\S+) .* code=(\\d+) ms=\\d+ line=\"?(\\S+ ?\\S*).*", "$1 $2 $3")
                        .replace("\"", ""))
                .toList();
        assertThat(commands)
                .containsSubsequence(
                        "grace 0 feature:upgrade master",
                        "grace 1 feature:install alerts",
                        "grace 0 config:set org.papertrader.features",
                        "grace 1 feature:install evil",
                        "grace 2 stop org.papertrader.storage.h2",
                        "grace 0 stop org.papertrader.storage.h2",
                        "grace 0 start org.papertrader.storage.h2",
                        "grace 0 config:set org.papertrader.log",
                        "grace 0 stop org.papertrader.master",
                        "grace 0 start org.papertrader.master");
    }

    private static String done(Operator operator, String line) throws IOException {
        Operator.Answer answer = operator.run(line);
        assertThat(answer.code())
                .as("%s: %s%s", line, answer.out(), answer.err())
                .isZero();
        return answer.out();
    }

    private static void failed(Operator operator, String line, String reason) throws IOException {
        Operator.Answer answer = operator.run(line);
        assertThat(answer.code()).as(line).isEqualTo(1);
        assertThat(answer.err().lines()).singleElement().asString().contains(reason);
    }

    private TestRepository newer(String feature, String... bundles) throws IOException {
        Path shipped = Installation.home(feature).resolve("repository");
        Map<String, byte[]> newer = new TreeMap<>();
        for (String bundle : bundles) {
            byte[] old = Files.readAllBytes(Repository.jar(shipped, bundle));
            newer.put(bundle, Jars.restamp(old, new Version(0, 2, 0)));
        }
        TestRepository repository = new TestRepository(Files.createDirectories(folder.resolve("newer-" + feature)));
        repository.next(shipped, feature, System.getProperty("papertrader.it.version"), NEXT, newer);
        return repository;
    }

    private SwapRow row(String what, boolean smooth) {
        SwapRow row = new SwapRow(
                what,
                new SwappedProgram.Target("org.papertrader.-", smooth, false, Optional.empty()),
                smooth ? SwapWay.BASELINE : SwapWay.STOP_START);
        rows.put(what, row);
        return row;
    }
}
