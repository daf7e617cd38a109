package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.bundles.SigningKey;
import org.papertrader.itests.bundles.TestRepository;
import org.papertrader.itests.exam.PaxExamExtension;

/** With pinned certificates, only what one of them signed comes in, whichever way it comes. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-7")
class FeatureSignaturesTest {
    private static final String SET = "config:set org.papertrader.features pinnedCertificates ";

    @Inject
    private BundleContext context;

    private RunningPlatform platform;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .onlyFeatures("runtime")
                .withCommands()
                .set("org.papertrader.features", "settleMs", "100")
                .set("org.papertrader.features", "patienceMs", "1000")
                .options();
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
    }

    @Test
    void onlyWhatAPinnedCertificateSignedIsInstalled() throws Exception {
        Path folder = Files.createTempDirectory(platform.path("papertrader.data"), "keys");
        SigningKey ours = SigningKey.make(folder, "ours");
        SigningKey foreign = SigningKey.make(folder, "foreign");
        byte[] plain = Jars.bundle("it.echo", "1.0.0", EchoActivator.class);
        byte[] signed = ours.sign(plain);
        TestRepository repository =
                new TestRepository(Files.createTempDirectory(platform.path("papertrader.data"), "repository"));
        repository
                .bundle("echo", "1", signed)
                .bundle("echo", "2", plain)
                .bundle("echo", "3", foreign.sign(plain))
                .bundle("echo", "4", Jars.restamp(signed, new Version("6.6.6")));
        for (String version : new String[] {"1", "2", "3", "4"}) {
            repository.feature("talk", version, "echo:" + version);
        }
        platform.shell("feature:repo-add " + repository.root());
        platform.shell(SET + ours.fingerprint());

        refused("feature:install talk:2", "it:echo:2 is refused: ", "is not signed");
        refused("feature:install talk:3", "it:echo:3 is refused: ", foreign.fingerprint());
        refused("feature:install talk:4", "it:echo:4 is refused: ");
        assertThat(platform.shell("feature:install talk:1")).contains("installed talk 1");
        assertThat(Echo.ask(context)).isEqualTo("1.0.0");
        refused("feature:upgrade talk:2", "it:echo:2 is refused: ", "is not signed");
        assertThat(Echo.ask(context)).isEqualTo("1.0.0");

        Bundle elsewhere = context.installBundle(
                "it:elsewhere", new ByteArrayInputStream(Jars.bundle("it.elsewhere", "1.0.0", EchoActivator.class)));
        try {
            await().untilAsserted(() -> assertThatThrownBy(elsewhere::start).isInstanceOf(BundleException.class));
            platform.shell("config:unset org.papertrader.features pinnedCertificates");
            await().ignoreExceptions().until(() -> {
                elsewhere.start();
                return elsewhere.getState() == Bundle.ACTIVE;
            });
        } finally {
            elsewhere.uninstall();
            platform.shell("feature:remove talk --yes");
        }
    }

    private void refused(String command, String... words) {
        assertThatThrownBy(() -> platform.shell(command)).hasMessageContainingAll(words);
    }
}
