package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;

/**
 * Bundles whose swap breaks connections, and contracts whose swap restarts their users: everything comes back by itself,
 * and of the orders that were acknowledged none is lost or doubled.
 */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-4")
@Tag("PRO-16")
class InterruptingSwapTest {

    private static final int SWAPS = 2;

    @Inject
    private BundleContext context;

    private RunningPlatform platform;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone").withTraders().options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
    }

    @ParameterizedTest
    @CsvSource({
        "org.papertrader.transport, UPDATE_IN_PLACE",
        "org.papertrader.transport, STOP_START",
        "org.papertrader.link, UPDATE_IN_PLACE",
        "org.papertrader.link, STOP_START"
    })
    void whatHoldsConnections(String bundle, Way way) throws Exception {
        try (Trader trader = Trader.patient(platform)) {
            SwapReport report = SwapUnderLoad.of(context, bundle).times(SWAPS).run(way, trader::round);
            assertThat(report.failed()).as("%s", report).isZero();
            trader.checkOrders();
        }
    }

    /** What holds a port or a link cannot stand beside itself; that must not hurt the one that does. */
    @ParameterizedTest
    @ValueSource(strings = {"org.papertrader.transport", "org.papertrader.link"})
    void aSecondVersionIsRefusedAndTheFirstGoesOn(String name) throws Exception {
        try (Trader trader = Trader.demanding(platform)) {
            byte[] newer = Jars.restamp(Files.readAllBytes(platform.jar(name)), new Version(99, 0, 0));
            Bundle second = context.installBundle("it:second:" + name, new ByteArrayInputStream(newer));
            try {
                assertThatThrownBy(second::start)
                        .isInstanceOf(BundleException.class)
                        .hasMessageContaining("Singleton conflict");
                trader.round();
            } finally {
                second.uninstall();
            }
            trader.checkOrders();
            trader.checkConnections();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.papertrader.transport.api", "org.papertrader.trading.api"})
    void contractsWithAllTheirUsers(String bundle) throws Exception {
        try (Trader trader = Trader.patient(platform)) {
            SwapReport report = SwapUnderLoad.of(context, bundle).times(SWAPS).runRefreshing(trader::round);
            assertThat(report.failed()).as("%s", report).isZero();
            trader.checkOrders();
        }
    }
}
