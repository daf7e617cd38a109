package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.osgi.framework.BundleContext;
import org.papertrader.itests.bundles.TestRepository;
import org.papertrader.itests.exam.PaxExamExtension;

/** Features of the distribution itself are upgraded by one command while traders trade: no request fails. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
@Tag("CARD-7")
class FeatureUpgradeTest {
    private static final String NEXT = "9.0";
    private static final Duration LOAD_MAX = Duration.ofSeconds(60);

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
