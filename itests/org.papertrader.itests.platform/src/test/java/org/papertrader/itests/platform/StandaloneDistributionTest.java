package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Version;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.exam.PaxExamExtension;

@ExtendWith(PaxExamExtension.class)
class StandaloneDistributionTest {

    private static final String ECHO = "org.papertrader.it.echo";

    @Inject
    private BundleContext context;

    private RunningPlatform platform;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone").withCommands().options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
    }

    @Test
    @Tag("CARD-2")
    @Tag("CARD-5")
    void everyBundleRuns() {
        assertThat(platform.notRunning()).isEmpty();
        assertThat(platform.has("org.papertrader.features")).isTrue();
    }

    @Test
    @Tag("MST-1")
    void everyComponentHasWhatItNeeds() {
        await().atMost(RunningPlatform.START_MAX)
                .untilAsserted(() -> assertThat(unsatisfied()).isEmpty());
    }

    @Test
    @Tag("CARD-7")
    void aBundleDroppedIntoTheFolderIsInstalledUpdatedAndRemoved() throws Exception {
        Path file = platform.path("felix.fileinstall.dir").resolve("echo.jar");
        Jars.deploy(Jars.bundle(ECHO, "1.0.0", EchoActivator.class), file);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(Echo.ask(context)).isEqualTo("1.0.0"));

        Jars.deploy(Jars.bundle(ECHO, "2.0.0", EchoActivator.class), file);
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(Echo.ask(context)).isEqualTo("2.0.0"));

        Files.delete(file);
        await().until(() -> !platform.has(ECHO));
        assertThatThrownBy(() -> Echo.ask(context)).hasMessage("no provider");
    }

    @Test
    @Tag("CARD-7")
    @Tag("CARD-9")
    void theShellUpdatesABundle() throws Exception {
        Path old = Files.write(platform.path("papertrader.data").resolve("old.jar"), echoBundle("1.0.0"));
        Path replacement = Files.write(platform.path("papertrader.data").resolve("new.jar"), echoBundle("1.1.0"));
        Bundle bundle = context.installBundle(old.toUri().toString());
        try {
            bundle.start();
            assertThat(Echo.ask(context)).isEqualTo("1.0.0");
            platform.shell("felix:update " + bundle.getBundleId() + " " + replacement.toUri());
            assertThat(bundle.getVersion()).isEqualTo(new Version("1.1.0"));
            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            assertThat(Echo.ask(context)).isEqualTo("1.1.0");
        } finally {
            bundle.uninstall();
        }
    }

    @Test
    void theShellShowsTheFeaturesOfTheDistribution() throws Exception {
        assertThat(platform.shell("feature:list")).contains("runtime").contains("standalone");
    }

    private static byte[] echoBundle(String version) throws Exception {
        return Jars.bundle(ECHO, version, EchoActivator.class);
    }

    /** Components that cannot run, apart from those that wait for a configuration which nobody has given. */
    private List<String> unsatisfied() {
        ServiceComponentRuntime runtime = platform.service(ServiceComponentRuntime.class);
        List<String> found = new ArrayList<>();
        for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs()) {
            for (ComponentConfigurationDTO configuration : runtime.getComponentConfigurationDTOs(component)) {
                boolean waitsForConfiguration =
                        configuration.state == ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION
                                && component.configurationPolicy.equals("require");
                boolean runs = configuration.state == ComponentConfigurationDTO.ACTIVE
                        || configuration.state == ComponentConfigurationDTO.SATISFIED;
                if (!runs && !waitsForConfiguration) {
                    found.add(component.name + " is in state " + configuration.state + ", missing "
                            + List.of(configuration.unsatisfiedReferences).stream()
                                    .map(reference -> reference.name)
                                    .toList());
                }
            }
        }
        return found;
    }
}
