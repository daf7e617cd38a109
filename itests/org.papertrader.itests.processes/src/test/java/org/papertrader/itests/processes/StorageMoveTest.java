package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.WorkerSource;

/**
 * The database of a running master is moved there and back while clients trade through a worker: no request fails, every
 * acknowledged order is there and was done once, a restart uses the new place; a backup made meanwhile can be restored.
 * {@code -Dpapertrader.moves=100} sets how often it is moved.
 */
@Tag("CARD-6")
class StorageMoveTest {
    private static final System.Logger LOG = System.getLogger(StorageMoveTest.class.getName());
    private static final int MOVES = Integer.getInteger("papertrader.moves", 2);
    private static final int TRADERS = 4;
    private static final String FILE = "papertrader.mv.db";
    private static final Pattern PAUSE = Pattern.compile("nobody could write for (\\S+)\\.");

    @TempDir
    private Path folder;

    private final List<Trader> traders = new ArrayList<>();
    private Cluster cluster;
    private Path place;

    @Test
    void theDatabaseOfARunningMasterIsMovedUnderLoad() throws Exception {
        try (Cluster opened = new Cluster(folder)) {
            cluster = opened;
            cluster.join("a");
            place = folder.resolve("master/database");
            startTraders();
            for (int i = 0; i < MOVES; i++) {
                Path before = place;
                move(folder.resolve(i % 2 == 0 ? "there" : "back"));
                Trader.awaitTradesAt(cluster.worker("a"), traders);
                Files.delete(before.resolve(FILE));
            }
            anotherDirectoryByHandIsRefused();
            Path backup = folder.resolve("backup");
            cluster.typeUntil("storage:backup " + backup, "backup in " + backup);
            Trader.awaitTradesAt(cluster.worker("a"), traders);
            stopTraders();

            cluster.restartMaster(() -> {});
            await().atMost(Cluster.START_LIMIT)
                    .until(() -> !cluster.logged("master", "The database in " + place + " is open.")
                            .isEmpty());
            check();

            backUpTo(folder.resolve("last"));
            cluster.restartMaster(() -> restore(folder.resolve("last")));
            check();
        }
        report();
    }

    private void startTraders() {
        WorkerSource source = cluster.startingAt("a");
        for (int i = 0; i < TRADERS; i++) {
            Trader trader = new Trader("trader" + i, source, cluster.options());
            cluster.whenClosed(trader::close);
            traders.add(trader);
        }
        traders.forEach(Trader::start);
        Trader.awaitTradesAt(cluster.worker("a"), traders);
    }

    private void stopTraders() throws InterruptedException {
        for (Trader trader : traders) {
            trader.stop();
        }
        check();
    }

    private void check() {
        traders.forEach(Trader::check);
        traders.forEach(Trader::checkMoney);
    }

    private void move(Path target) throws IOException {
        cluster.type("storage:move " + target + " --yes");
        Path conf = folder.resolve("master/conf/org.papertrader.storage.h2.cfg");
        await().atMost(Cluster.START_LIMIT)
                .until(() -> Files.exists(conf) && Files.readString(conf).contains("directory = " + target));
        place = target;
        await().atMost(Cluster.START_LIMIT)
                .until(() -> !cluster.logged("master", " to " + target + "; nobody could write for")
                        .isEmpty());
    }

    /** A slip of the hand must not cost all accounts. */
    private void anotherDirectoryByHandIsRefused() throws IOException {
        Path empty = folder.resolve("empty");
        String set = "config:set org.papertrader.storage.h2 directory ";
        cluster.type(set + empty);
        await().atMost(Cluster.START_LIMIT)
                .until(() -> !cluster.logged("master", "The database stays in " + place + ": storage:move " + empty)
                        .isEmpty());
        Trader.awaitTradesAt(cluster.worker("a"), traders);
        assertThat(empty).doesNotExist();
        cluster.type(set + place);
    }

    private void backUpTo(Path target) {
        cluster.typeUntil("storage:backup " + target, "backup in " + target);
    }

    /** As docs/operations.md says. */
    private void restore(Path backup) throws IOException {
        Files.delete(place.resolve(FILE));
        Files.copy(backup.resolve(FILE), place.resolve(FILE));
    }

    private void report() {
        List<String> pauses = cluster.logged("master", "nobody could write for").stream()
                .map(PAUSE::matcher)
                .flatMap(line -> line.results().map(match -> match.group(1)))
                .toList();
        assertThat(pauses).hasSize(MOVES);
        LOG.log(
                System.Logger.Level.INFO,
                "{0} moves while {1} orders were acknowledged; nobody could write for {2}",
                MOVES,
                traders.stream().mapToLong(Trader::acknowledged).sum(),
                pauses);
    }
}
