package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerTrust;
import org.papertrader.client.WorkerSource;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.model.Transaction;
import org.papertrader.model.UserName;
import org.papertrader.model.WorkerServer;
import org.papertrader.protocol.api.Return;

/** A worker is booted off, and another one killed, while clients trade through them: all go on at the one that is left. */
@Tag("MST-21")
@Tag("MST-22")
@Tag("PRO-16")
class FailoverTest {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration MOVE_LIMIT = Duration.ofSeconds(20);
    private static final int TRADERS = 10;
    private static final int BATCH = 20;

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Trader> traders = new ArrayList<>();
    private int masterPort;
    private ServerProcess master;
    private ClientOptions options;

    @Test
    void clientsGoOnAtTheOtherWorkerAndNoOrderIsLostOrDoubled() throws Exception {
        try {
            startMaster();
            ServerProcess a = startWorker("a");
            ServerProcess b = startWorker("b");
            startTraders(worker("a"));
            awaitTradesAt(worker("a"));

            WorkerServer other = worker("b");
            master.type("worker:boot a");
            awaitTradesAt(other);

            master.type("worker:enable a");
            await().atMost(START_LIMIT).until(() -> workers().size() == 2);
            WorkerServer back = worker("a");
            b.kill();
            awaitTradesAt(back);
            for (Trader trader : traders) {
                trader.stop();
            }
            for (Trader trader : traders) {
                trader.check();
            }
            assertThat(a.stop()).as(a::outputText).isZero();
        } finally {
            for (AutoCloseable each : opened) {
                each.close();
            }
        }
    }

    private void startMaster() throws Exception {
        masterPort = Installation.freePort();
        Path home = Installation.home("master");
        ServerProcess.init(home, List.of("--data", folder.resolve("master").toString()));
        master = open(ServerProcess.startWithShell(
                "master",
                home,
                folder.resolve("master"),
                List.of(
                        "org.papertrader.transport~master:port=" + masterPort,
                        "org.papertrader.trading:openOrdersMax=1000000",
                        "org.papertrader.marketdata:intervalMs=1000",
                        "org.papertrader.marketdata:acceleration=86400")));
        master.awaitReady(START_LIMIT);
        options = ClientOptions.defaults().withTrust(ServerTrust.pinned(master.certificate(masterPort)));
    }

    private ServerProcess startWorker(String name) throws Exception {
        int port = Installation.freePort();
        Path home = Installation.home("worker");
        Path data = folder.resolve(name);
        UUID uuid = UUID.randomUUID();
        ServerProcess.init(
                home,
                List.of(
                        "--data",
                        data.toString(),
                        "--uuid",
                        uuid.toString(),
                        "--name",
                        name,
                        "--master",
                        "127.0.0.1:" + masterPort,
                        "--master-key",
                        folder.resolve("master/keys/master.asc").toString(),
                        "--advertise",
                        "127.0.0.1:" + port));
        master.type("worker:register " + uuid + " " + name + " local 127.0.0.1 " + data.resolve("keys/worker.asc"));
        ServerProcess worker =
                open(ServerProcess.start(name, home, data, List.of("org.papertrader.transport~worker:port=" + port)));
        worker.awaitReady(START_LIMIT);
        await().atMost(START_LIMIT)
                .until(() -> workers().stream().anyMatch(listed -> listed.name().equals(name)));
        return worker;
    }

    private <C extends AutoCloseable> C open(C closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    private List<WorkerServer> workers() {
        try (BlockingTraderClient client = BlockingTraderClient.connect("127.0.0.1", masterPort, options)) {
            return client.workers();
        }
    }

    private WorkerServer worker(String name) {
        return workers().stream()
                .filter(worker -> worker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void startTraders(WorkerServer worker) {
        WorkerSource source = WorkerSource.master("127.0.0.1", masterPort).withKnown(List.of(worker));
        for (int i = 0; i < TRADERS; i++) {
            traders.add(open(new Trader("trader" + i, BlockingTraderClient.connect(source, options))));
        }
        traders.forEach(Trader::start);
    }

    /** Every client is there, and has traded there. */
    private void awaitTradesAt(WorkerServer worker) {
        await().atMost(MOVE_LIMIT).untilAsserted(() -> assertThat(traders)
                .allSatisfy(trader -> assertThat(trader.client.async().server().port())
                        .as(trader.failures::toString)
                        .isEqualTo(worker.port())));
        List<Integer> before =
                traders.stream().map(trader -> trader.accepted.size()).toList();
        for (int i = 0; i < traders.size(); i++) {
            Trader trader = traders.get(i);
            int seen = before.get(i);
            await().atMost(MOVE_LIMIT)
                    .until(() -> trader.accepted.size() > seen + 2 * BATCH || !trader.failures.isEmpty());
            assertThat(trader.failures).isEmpty();
        }
    }

    /** Reads and buys until it is stopped; keeps what was acknowledged. */
    private static final class Trader implements AutoCloseable {
        private static final Symbol AAPL = new Symbol("AAPL");

        private final UserName name;
        private final BlockingTraderClient client;
        private final Queue<OrderId> accepted = new ConcurrentLinkedQueue<>();
        private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
        private final CountDownLatch stop = new CountDownLatch(1);
        private final Thread thread = new Thread(this::trade);

        Trader(String name, BlockingTraderClient client) {
            this.name = new UserName(name);
            this.client = client;
        }

        void start() {
            client.register(name.value(), name + "@example.org", "a password of " + name);
            client.login(name.value(), "a password of " + name, true);
            thread.start();
        }

        private void trade() {
            try {
                while (stop.getCount() > 0) {
                    client.quote(AAPL);
                    List<CompletableFuture<Return.PurchaseSuccess>> batch = Stream.generate(
                                    () -> client.async().buy(AAPL, Quantity.parse("0.001"), null))
                            .limit(BATCH)
                            .toList();
                    batch.forEach(order -> accepted.add(order.join().orderId()));
                }
            } catch (RuntimeException e) {
                // Whatever it is: no request may fail.
                failures.add(e);
            }
        }

        void stop() throws InterruptedException {
            stop.countDown();
            thread.join();
        }

        void check() {
            assertThat(failures).isEmpty();
            await().atMost(START_LIMIT)
                    .ignoreExceptionsInstanceOf(RefusedException.class)
                    .until(() -> client.orders(true).isEmpty());
            await().atMost(START_LIMIT)
                    .ignoreExceptionsInstanceOf(RefusedException.class)
                    .untilAsserted(this::checkOrders);
        }

        private void checkOrders() {
            assertThat(client.orders(false).stream().map(Order::id))
                    .as("each acknowledged order is there, and no other")
                    .containsExactlyInAnyOrderElementsOf(accepted);
            assertThat(client.transactions(name).stream()
                            .filter(line -> line.kind() == Transaction.Kind.BUY)
                            .filter(line -> line.outcome() == OrderStatus.FILLED)
                            .map(Transaction::order))
                    .as("and went through once")
                    .containsExactlyInAnyOrderElementsOf(accepted);
        }

        @Override
        public void close() {
            stop.countDown();
            client.close();
        }
    }
}
