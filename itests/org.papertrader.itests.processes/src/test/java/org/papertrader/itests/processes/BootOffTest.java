package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.WorkerServer;

/**
 * A worker is booted off while clients trade through it, again and again: its link is closed within a second, it stays
 * away until it is enabled, and its clients go on at the other one. {@code -Dpapertrader.boots=100} sets how often.
 */
@Tag("MST-21")
@Tag(Installation.ALONE)
class BootOffTest {
    private static final System.Logger LOG = System.getLogger(BootOffTest.class.getName());
    private static final int BOOTS = Integer.getInteger("papertrader.boots", 3);
    private static final int TRADERS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LOST = "link to the master lost";
    private static final String REFUSED = "the other end hung up during the handshake";

    @TempDir
    private Path folder;

    private final List<Trader> traders = new ArrayList<>();
    private Cluster cluster;

    @Test
    void aWorkerBootedOffUnderLoadIsOffWithinASecondAndStaysOffUntilItIsEnabled() throws Exception {
        try (Cluster opened = new Cluster(folder)) {
            cluster = opened;
            cluster.join("a");
            cluster.join("b");
            WorkerSource source = cluster.startingAt("a");
            for (int i = 0; i < TRADERS; i++) {
                Trader trader = new Trader("trader" + i, source, cluster.options());
                cluster.whenClosed(trader::close);
                traders.add(trader);
            }
            traders.forEach(Trader::start);
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < BOOTS; i++) {
                times.add(i % 2 == 0 ? bootOff("a", "b") : bootOff("b", "a"));
            }
            for (Trader trader : traders) {
                trader.stop();
            }
            report(times);
            assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(LIMIT));
            traders.forEach(Trader::check);
        }
    }

    /** The time from the command until the worker has noticed that its link is closed. */
    private Duration bootOff(String worker, String other) throws Exception {
        Trader.awaitTradesAt(cluster.worker(worker), traders);
        WorkerServer next = cluster.worker(other);
        int lost = cluster.logged(worker, LOST).size();
        int refused = cluster.logged(worker, REFUSED).size();
        List<Integer> moved =
                traders.stream().map(trader -> trader.moves().size()).toList();

        Instant begun = Instant.now();
        cluster.type("worker:boot " + worker + " --yes");
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> !cluster.isListed(worker));
        Duration unlisted = Duration.between(begun, Instant.now());
        await().atMost(PATIENCE).until(() -> cluster.logged(worker, LOST).size() > lost);
        String line = cluster.logged(worker, LOST).get(lost);
        Duration off = Duration.between(begun, Instant.parse(line.substring(0, line.indexOf(' '))));

        assertThat(unlisted).as("off the list").isLessThan(LIMIT);
        Trader.awaitTradesAt(next, traders);
        for (int i = 0; i < TRADERS; i++) {
            List<ClientOptions.Moved> moves = traders.get(i).moves();
            assertThat(moves.subList(moved.get(i), moves.size()))
                    .as("told to move")
                    .anySatisfy(move -> assertThat(move.reason()).contains("taken out of service"));
        }
        await().atMost(PATIENCE).until(() -> cluster.logged(worker, REFUSED).size() > refused);
        assertThat(cluster.isListed(worker)).isFalse();
        cluster.type("worker:enable " + worker);
        cluster.awaitListed(worker);
        return off;
    }

    private void report(List<Duration> times) {
        List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
        LOG.log(
                System.Logger.Level.INFO,
                "{0} boots under load: the link was gone after {1} ms (median), {2} ms (longest); {3} orders"
                        + " acknowledged",
                BOOTS,
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() - 1),
                traders.stream().mapToLong(Trader::acknowledged).sum());
    }
}
