package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;
import org.papertrader.client.BlockingTraderClient;
import org.papertrader.client.ClientOptions;
import org.papertrader.client.Period;
import org.papertrader.client.RefusedException;
import org.papertrader.client.ServerTrust;
import org.papertrader.itests.bundles.Repository;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.Payload;

/**
 * The source of prices is chosen while clients ask for them: a second one is installed, is preferred, and the first one is
 * removed. Every request is answered, and every value names its source.
 */
@Tag("CARD-6")
class SourceChoiceTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<Symbol> SYMBOLS = List.of(new Symbol("AAPL"), new Symbol("TSLA"));
    private static final String ADAPTER = "org.papertrader.assets.";
    private static final String FIRST = "replay";
    private static final String SECOND = "simulated";

    @TempDir
    private Path folder;

    private final Map<Symbol, String> sources = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void quotesAreServedWhileTheSourceIsExchanged() throws Exception {
        int masterPort = Ports.free();
        int workerPort = Ports.free();
        try (ServerProcess process = ServerProcess.startWithShell(
                "standalone",
                Installation.home("standalone"),
                folder.resolve("data"),
                List.of(
                        "org.papertrader.transport~master:port=" + masterPort,
                        "org.papertrader.transport~worker:port=" + workerPort,
                        "org.papertrader.link.worker:masterPort=" + masterPort,
                        "org.papertrader.marketdata:intervalMs=500"))) {
            process.awaitReady(Cluster.START_LIMIT);
            await().atMost(LIMIT).until(() -> !process.certificate(workerPort).isEmpty());
            ServerTrust trust = ServerTrust.pinned(process.certificate(workerPort));
            try (BlockingTraderClient client = BlockingTraderClient.connect(
                    "127.0.0.1",
                    workerPort,
                    Installation.patient(ClientOptions.defaults()).withTrust(trust))) {
                client.register("ada", "ada@example.org", "a password of ada");
                client.login("ada", "a password of ada", true);
                await().atMost(LIMIT)
                        .ignoreExceptionsInstanceOf(RefusedException.class)
                        .until(() -> client.quote(SYMBOLS.get(0)) != null);
                Thread load = new Thread(() -> read(client), "quotes");
                load.start();
                exchange(process);
                stop.countDown();
                load.join();
                assertThat(client.async().isOpen()).isTrue();
            }
            assertThat(failures).isEmpty();
            assertThat(process.stop()).as(process::outputText).isZero();
        }
    }

    private void exchange(ServerProcess process) throws IOException, InterruptedException {
        process.ask("uninstall " + ADAPTER + SECOND + " --yes", LIMIT);
        process.ask("config:set " + ADAPTER + SECOND + " symbols AAPL,TSLA", LIMIT);
        process.ask("config:set " + ADAPTER + SECOND + " enabled true", LIMIT);
        awaitSource(FIRST);
        process.ask("start " + jar().toUri(), LIMIT);
        await().atMost(LIMIT).until(() -> process.ask("assets:sources", LIMIT).contains(SECOND));
        awaitSource(FIRST);

        process.ask("assets:prefer " + SECOND, LIMIT);
        awaitSource(SECOND);

        process.ask("uninstall " + ADAPTER + FIRST + " --yes", LIMIT);
        await().atMost(LIMIT).until(() -> !process.ask("assets:sources", LIMIT).contains(FIRST));
        awaitSource(SECOND);
    }

    /** What is read from now on, of each asset, comes from this source. */
    private void awaitSource(String source) {
        sources.clear();
        await(source).atMost(LIMIT).untilAsserted(() -> {
            assertThat(failures).isEmpty();
            assertThat(sources).hasSize(SYMBOLS.size());
            assertThat(sources.values()).containsOnly(source);
        });
    }

    private void read(BlockingTraderClient client) {
        try {
            while (!stop.await(1, TimeUnit.MILLISECONDS)) {
                for (Symbol symbol : SYMBOLS) {
                    Asset asset = client.quote(symbol).asset();
                    note(symbol, asset.source());
                    sources.put(symbol, asset.source());
                }
                Payload.Series series = client.history(SYMBOLS.get(0), Period.YEAR, new AsOf.At(now(client)));
                if (!series.rows().isEmpty()) {
                    // A series without rows comes from nowhere, and says so.
                    note(series.symbol(), series.source());
                }
            }
        } catch (RuntimeException e) {
            // Whatever a request fails with is what this is about.
            failures.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Instant now(BlockingTraderClient client) {
        return client.serverInfo().market().time();
    }

    private void note(Symbol symbol, String source) {
        if (!source.equals(FIRST) && !source.equals(SECOND)) {
            failures.add(symbol + " is from '" + source + "'");
        }
    }

    private static Path jar() {
        return Repository.jar(Installation.home("standalone").resolve("repository"), ADAPTER + SECOND);
    }
}
