package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.bundles.TestRepository;
import org.papertrader.itests.exam.PaxExamExtension;

/** Features of the distribution itself are upgraded by one command while traders trade: no request fails. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
@Tag("CARD-7")
class FeatureUpgradeTest {
    private static final String NEXT = "9.0";
    private static final Duration LOAD_MAX = Duration.ofSeconds(120);
    private static final Duration SSH_MAX = Duration.ofSeconds(20);

    @Inject
    private BundleContext context;

    private RunningPlatform platform;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .withTraders()
                .withCommands()
                .set("org.papertrader.features", "settleMs", "500")
                .options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
    }

    @Test
    void theWorker() throws Exception {
        upgrade(
                "worker",
                Set.of(
                        "org.papertrader.cache.memory",
                        "org.papertrader.clientmanagement",
                        "org.papertrader.relay",
                        "org.papertrader.gateway"));
    }

    @Test
    void theMaster() throws Exception {
        upgrade(
                "master",
                Set.of(
                        "org.papertrader.storage.h2",
                        "org.papertrader.auth",
                        "org.papertrader.assets.replay",
                        "org.papertrader.marketdata",
                        "org.papertrader.trading",
                        "org.papertrader.master"));
    }

    /** Its users start anew with the new one; clients come back by themselves. */
    @Test
    @Tag("PRO-16")
    void aContractWithAllItsUsers() throws Exception {
        TestRepository repository = newer("core", Set.of("org.papertrader.trading.api"));
        platform.shell("feature:repo-add " + repository.root());
        try (Trader trader = Trader.patient(platform);
                LoadThreads load = new LoadThreads(4, trader::round)) {
            load.awaitMore(25, LOAD_MAX);
            String told = platform.shell("feature:upgrade core");
            assertThat(told).contains("replaced org.papertrader.trading.api ", ", in place");
            assertThat(platform.notRunning()).isEmpty();
            load.awaitMore(25, LOAD_MAX);
            SwapReport report = load.stop(1);
            assertThat(report.failed()).as("%s%n%s", report, told).isZero();
            trader.checkOrders();
        }
    }

    @Test
    @Tag("CARD-9")
    void theShell() throws Exception {
        alone("shell", "org.papertrader.shell");
        assertThat(platform.shell("shell:status")).contains("program    standalone ");
    }

    @Test
    @Tag("CARD-9")
    void theShellOverSsh() throws Exception {
        int port = freePort();
        platform.shell("config:set org.papertrader.shell.ssh port " + port);
        Path keys = Files.createDirectories(platform.path("papertrader.data").resolve("keys"));
        // It listens once there is one, whoever is in it.
        Files.writeString(keys.resolve("authorized_keys"), "");
        await().atMost(SSH_MAX).until(() -> isSsh(port));
        Bundle commands = platform.bundle("org.papertrader.shell");

        alone("shell.ssh", "org.papertrader.shell.ssh");

        await().atMost(SSH_MAX).until(() -> isSsh(port));
        assertThat(platform.bundle("org.papertrader.shell")).isEqualTo(commands);
    }

    /** A feature goes to its next version without any other. */
    private void alone(String feature, String bundle) throws Exception {
        platform.shell("feature:repo-add " + newer(feature, Set.of(bundle)).root());
        assertThat(platform.shell("feature:upgrade " + feature))
                .contains(
                        "replaced " + bundle + " ", ", which had come up beside it", "upgraded " + feature + " from ");
        assertThat(platform.bundle(bundle).getVersion().getMicro()).isEqualTo(1);
        assertThat(platform.notRunning()).isEmpty();
    }

    private static boolean isSsh(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) SSH_MAX.toMillis());
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (SocketException nobodyThere) {
            // Or someone who only sees whether the port is free, which breaks the connection.
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private TestRepository newer(String feature, Set<String> bundles) throws IOException {
        TestRepository repository =
                new TestRepository(Files.createTempDirectory(platform.path("papertrader.data"), "repository"));
        Path shipped = platform.path("papertrader.home").resolve("repository");
        repository.next(shipped, feature, context.getProperty("papertrader.version"), NEXT, bundles);
        return repository;
    }

    private void upgrade(String feature, Set<String> bundles) throws Exception {
        TestRepository repository = newer(feature, bundles);
        String version = context.getProperty("papertrader.version");
        platform.shell("feature:repo-add " + repository.root());
        try (Trader trader = Trader.demanding(platform);
                IntervalNumbers intervals = new IntervalNumbers(context);
                LoadThreads load = new LoadThreads(4, trader::round)) {
            load.awaitMore(25, LOAD_MAX);
            String told = platform.shell("feature:upgrade " + feature);
            load.awaitMore(25, LOAD_MAX);
            SwapReport report = load.stop(bundles.size());
            assertThat(report.failed()).as("%s%n%s", report, told).isZero();
            assertThat(told).contains("upgraded " + feature + " from " + version + " to " + NEXT);
            for (String bundle : bundles) {
                assertThat(told).contains("replaced " + bundle + " ");
                assertThat(platform.bundle(bundle).getVersion().getMicro()).isEqualTo(1);
            }
            trader.checkOrders();
            trader.checkConnections();
            assertThat(intervals.seen()).isSorted().doesNotHaveDuplicates();
        }
        assertThat(platform.notRunning()).isEmpty();
    }
}
