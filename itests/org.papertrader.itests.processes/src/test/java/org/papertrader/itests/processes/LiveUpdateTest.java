package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.ServerTrust;
import org.papertrader.model.ClientOrderId;
import org.papertrader.model.Order;
import org.papertrader.model.OrderId;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;

/**
 * Bundles are updated in place, through the folder for hot deployment, while clients read and trade over TCP: no request
 * fails, no connection drops, no acknowledged order is lost or doubled.
 */
class LiveUpdateTest {
    private static final Symbol AAPL = new Symbol("AAPL");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Set<OrderId> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong orders = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Test
    @Tag("CARD-4")
    @Tag("CARD-6")
    @Tag("CARD-7")
    void everyProviderIsUpdatedUnderLoadWithNothingLost() throws Exception {
        Path home = copy(Installation.home("standalone"), folder.resolve("home"));
        int port = Installation.freePort();
        int masterPort = Installation.freePort();
        try (ServerProcess process = ServerProcess.start(
                "standalone",
                home,
                folder.resolve("data"),
                List.of(
                        "org.papertrader.transport~master:port=" + masterPort,
                        "org.papertrader.transport~worker:port=" + port,
                        "org.papertrader.link.worker:masterPort=" + masterPort,
                        "org.papertrader.log.front:levels=io.netty=WARN,Events=INFO",
                        "org.papertrader.marketdata:intervalMs=1000",
                        "org.papertrader.trading:openOrdersMax=1000000",
                        "org.papertrader.gateway:patienceMs=20000",
                        "org.papertrader.master:patienceMs=20000"))) {
            process.awaitReady(LIMIT);
            await().atMost(LIMIT).until(() -> process.outputText().contains("127.0.0.1:" + port));
            ServerTrust trust = ServerTrust.pinned(process.certificate(port));
            try (BlockingTraderClient client = BlockingTraderClient.connect(
                    "127.0.0.1", port, ClientOptions.defaults().withTrust(trust))) {
                client.register("ada", "ada@example.org", "a password of ada");
                client.login("ada", "a password of ada", false);
                await().atMost(LIMIT).until(() -> client.quote(AAPL) != null);
                List<Thread> load = List.of(start(() -> read(client)), start(() -> order(client)));
                for (String bundle : List.of(
                        "cache.memory",
                        "relay",
                        "clientmanagement",
                        "gateway",
                        "assets.replay",
                        "marketdata",
                        "forecast.drift",
                        "auth",
                        "workermanagement",
                        "master",
                        "trading",
                        "storage.h2",
                        "protocol")) {
                    update(home, bundle);
                }
                stop.set(true);
                for (Thread thread : load) {
                    thread.join();
                }
                check(client);
            }
            replaceWhatInterrupts(home, port, trust);
            assertThat(process.stop()).as(process::outputText).isZero();
        }
    }

    private void replace(Path home, String bundle) throws IOException {
        String name = "org.papertrader." + bundle;
        Path jar;
        try (Stream<Path> jars = Files.walk(home.resolve("repository/org/papertrader/" + name))) {
            jar = jars.filter(path -> path.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Path hidden = folder.resolve(name + ".jar");
        Files.copy(jar, hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, home.resolve("deploy").resolve(name + ".jar"), StandardCopyOption.ATOMIC_MOVE);
        Path log = folder.resolve("data/log/papertrader.log");
        await().atMost(LIMIT).until(() -> updates(log, name) > 0);
    }

    private void update(Path home, String bundle) throws IOException {
        long readsBefore = reads.get();
        long ordersBefore = orders.get();
        replace(home, bundle);
        await().atMost(LIMIT).until(() -> reads.get() > readsBefore + 20 && orders.get() > ordersBefore + 5);
        assertThat(failures).as("after the update of " + bundle).isEmpty();
    }

    /** Connections break and are made anew; what was known is still known. */
    private void replaceWhatInterrupts(Path home, int port, ServerTrust trust) throws IOException {
        for (String bundle : List.of("link", "transport")) {
            replace(home, bundle);
            await().atMost(LIMIT).ignoreExceptions().until(() -> {
                try (BlockingTraderClient client = BlockingTraderClient.connect(
                        "127.0.0.1", port, ClientOptions.defaults().withTrust(trust))) {
                    client.login("ada", "a password of ada", false);
                    return client.orders(false).size() == accepted.size();
                }
            });
        }
    }

    private static long updates(Path log, String bundle) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("BundleEvent UPDATED") || line.contains("Updated " + "file"))
                    .filter(line -> line.contains(bundle))
                    .count();
        }
    }

    private void check(BlockingTraderClient client) {
        await().atMost(LIMIT).until(() -> client.orders(true).isEmpty());
        List<Order> all = client.orders(false);
        Set<OrderId> known = all.stream().map(Order::id).collect(Collectors.toSet());
        assertThat(known).as("every acknowledged order is known").containsAll(accepted);
        assertThat(all).as("and none twice").hasSize(accepted.size());
        assertThat(failures).isEmpty();
        await().atMost(LIMIT).until(() -> client.workers().size() == 1);
    }

    private void read(BlockingTraderClient client) {
        client.quote(AAPL);
        reads.incrementAndGet();
    }

    private void order(BlockingTraderClient client) {
        ClientOrderId id = new ClientOrderId("order-" + orders.get());
        accepted.add(client.buy(AAPL, Quantity.parse("0.001"), id).orderId());
        orders.incrementAndGet();
    }

    private Thread start(Runnable request) {
        Thread thread = new Thread(() -> {
            while (!stop.get() && failures.isEmpty()) {
                try {
                    request.run();
                } catch (RuntimeException e) {
                    // Whatever a request fails with is what this test is about.
                    failures.add(e);
                }
            }
        });
        thread.start();
        return thread;
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }
}
