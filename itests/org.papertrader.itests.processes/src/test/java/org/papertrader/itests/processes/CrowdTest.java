package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.RefusedException;
import org.papertrader.client.WorkerSource;

/**
 * A worker is booted off while all clients trade through it: the two others serve them within seconds, and no order is
 * lost or doubled. {@code -Dpapertrader.clients=1000} sets how many; {@code -Dpapertrader.crowdBoots=3} boots the others
 * in turn, after each was let in again, and {@code -Dpapertrader.pauseMs=5000} sets how long a client thinks about its
 * next order.
 */
@Tag("MST-21")
@Tag("MST-22")
@Tag("PRO-16")
class CrowdTest {
    private static final System.Logger LOG = System.getLogger(CrowdTest.class.getName());
    private static final int CLIENTS = Integer.getInteger("papertrader.clients", 30);
    private static final int BOOTS = Integer.getInteger("papertrader.crowdBoots", 1);
    private static final List<String> WORKERS = List.of("one", "two", "three");
    private static final Duration PAUSE = Duration.ofMillis(Integer.getInteger("papertrader.pauseMs", 1_000));
    private static final Duration MOVE_LIMIT = Duration.ofSeconds(60);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The whole crowd comes from one address. */
    private static final String[] ROOM = {
        "org.papertrader.transport~worker:connectionsPerAddressMax=10000",
        "org.papertrader.transport~worker:handshakesPerAddressMax=2000"
    };

    @TempDir
    private Path folder;

    private List<CrowdTrader> crowd = List.of();

    @Test
    void theOtherWorkersServeTheClientsOfOneThatIsBootedOff() throws Exception {
        try (Cluster cluster = new Cluster(folder, "org.papertrader.auth:addressBurst=0")) {
            cluster.join(cluster.plan("one"), ROOM);
            cluster.join(cluster.plan("two").withHost("127.0.0.2"), ROOM);
            cluster.join(cluster.plan("three").withHost("127.0.0.3"), ROOM);
            enter(cluster);
            crowd.forEach(CrowdTrader::start);
            for (int i = 0; i < BOOTS; i++) {
                awaitOrders(3);
                bootOff(cluster, WORKERS.get(i % WORKERS.size()));
            }
            awaitOrders(3);
            CompletableFuture.allOf(crowd.stream().map(CrowdTrader::stop).toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();

            assertThat(crowd).allSatisfy(trader -> assertThat(trader.failures()).isEmpty());
            CrowdTrader.Outcome outcome = outcome();
            LOG.log(System.Logger.Level.INFO, "{0}", outcome);
            assertThat(outcome.lost()).as("lost").isZero();
            assertThat(outcome.doubled()).as("doubled").isZero();
            assertThat(outcome.filled()).isEqualTo(outcome.acknowledged());
        }
    }

    /** The worker that has clients is booted, and let in again once others serve them. */
    private void bootOff(Cluster cluster, String worker) throws Exception {
        int port = cluster.worker(worker).port();
        List<CrowdTrader> there =
                crowd.stream().filter(trader -> trader.port() == port).toList();
        assertThat(there).isNotEmpty();
        there.forEach(trader -> trader.leave(port));
        long begun = System.nanoTime();
        cluster.type("worker:boot " + worker + " --yes");
        await().atMost(MOVE_LIMIT).untilAsserted(() -> assertThat(there)
                .filteredOn(trader -> trader.servedNanos() == 0)
                .filteredOn(trader -> trader.failures().isEmpty())
                .as("not served yet")
                .isEmpty());
        report(there, begun);
        cluster.type("worker:enable " + worker);
        cluster.awaitListed(worker);
    }

    /** All of them at worker one. */
    private void enter(Cluster cluster) {
        WorkerSource source = cluster.startingAt("one");
        ClientOptions patient = patient(cluster.options());
        ExecutorService door = Executors.newFixedThreadPool(4);
        try {
            crowd = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                CrowdTrader trader = new CrowdTrader("trader" + i, source, patient, PAUSE);
                                trader.enter();
                                return trader;
                            },
                            door))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            door.shutdown();
        }
        crowd.forEach(trader -> cluster.whenClosed(trader::close));
    }

    /** The clients, and the servers too, share one machine's processors, where other clients have their own. */
    private static ClientOptions patient(ClientOptions options) {
        return new ClientOptions(
                CONNECT_LIMIT,
                MOVE_LIMIT,
                options.notices(),
                options.moves(),
                options.progress(),
                options.trust(),
                options.measuring());
    }

    /** Each of them gets so many more. */
    private void awaitOrders(int more) {
        Map<CrowdTrader, Integer> before =
                crowd.stream().collect(Collectors.toMap(trader -> trader, CrowdTrader::acknowledged));
        await().atMost(PATIENCE).until(() -> crowd.stream()
                .allMatch(trader -> trader.acknowledged() >= before.get(trader) + more
                        || !trader.failures().isEmpty()));
    }

    private CrowdTrader.Outcome outcome() {
        CrowdTrader.Outcome sum = CrowdTrader.Outcome.NONE;
        for (CrowdTrader trader : crowd) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(RefusedException.class)
                    .until(() -> !trader.hasOpenOrders());
            sum = sum.plus(trader.outcome());
        }
        return sum;
    }

    private static void report(List<CrowdTrader> moved, long begun) {
        List<Long> served = moved.stream()
                .map(trader -> TimeUnit.NANOSECONDS.toMillis(trader.servedNanos() - begun))
                .sorted()
                .toList();
        List<Long> waited = moved.stream()
                .map(trader -> TimeUnit.NANOSECONDS.toMillis(trader.waitedNanos()))
                .sorted()
                .toList();
        int half = moved.size() / 2;
        LOG.log(
                System.Logger.Level.INFO,
                "{0} clients: served by another worker after {1} ms (median), {2} ms (last), for which they had waited"
                        + " {3} ms (median), {4} ms (longest); by port {5}",
                moved.size(),
                served.get(half),
                served.get(served.size() - 1),
                waited.get(half),
                waited.get(waited.size() - 1),
                moved.stream().collect(Collectors.groupingBy(CrowdTrader::port, Collectors.counting())));
    }
}
