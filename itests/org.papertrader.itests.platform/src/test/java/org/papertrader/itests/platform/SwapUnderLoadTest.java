package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import javax.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;

/** The harness itself: it sees the failures of careless users, and none where there are none. */
@ExtendWith(PaxExamExtension.class)
class SwapUnderLoadTest {

    @Inject
    private BundleContext context;

    private Bundle provider;
    private byte[] content;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone").onlyFeatures("runtime").options();
    }

    @BeforeEach
    void install() throws Exception {
        new RunningPlatform(context).awaitReady();
        content = Jars.bundle("org.papertrader.it.swapped", "1.0.0", EchoActivator.class);
        provider = context.installBundle("it:swapped", new ByteArrayInputStream(content));
        provider.start();
    }

    @AfterEach
    void uninstall() throws Exception {
        for (Bundle bundle : context.getBundles()) {
            if (provider.getSymbolicName().equals(bundle.getSymbolicName())) {
                bundle.uninstall();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPDATE_IN_PLACE", "STOP_START"})
    void seesRequestsFailThatFindNoProvider(Way way) throws Exception {
        SwapReport report = swap(way, () -> Echo.ask(context));
        assertThat(report.failed()).as("%s", report).isPositive().isLessThan(report.requests());
        assertThat(report.examples()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seesNoFailureOfRequestsThatWaitAndTryAgain(Way way) throws Exception {
        SwapReport report = swap(way, this::patientRequest);
        assertThat(report.failed()).as("%s", report).isZero();
        assertThat(report.requests()).isGreaterThan(report.swaps());
        assertThat(report.worst()).isPositive();
    }

    @Test
    void blueGreenLeavesOneProviderOfAHigherVersion() throws Exception {
        SwapReport report = swap(Way.BLUE_GREEN, this::patientRequest);
        Bundle last = new RunningPlatform(context).bundle(provider.getSymbolicName());
        assertThat(last.getVersion().getMicro()).isEqualTo(report.swaps());
        assertThat(provider.getState()).isEqualTo(Bundle.UNINSTALLED);
    }

    private SwapReport swap(Way way, Load load) throws Exception {
        return SwapUnderLoad.of(context, provider, content).run(way, load);
    }

    private void patientRequest() {
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptions()
                .until(() -> !Echo.ask(context).isEmpty());
    }
}
