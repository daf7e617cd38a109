package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import javax.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.bundles.Jars;
import org.papertrader.itests.bundles.TestBundle;
import org.papertrader.itests.bundles.TestRepository;
import org.papertrader.itests.exam.PaxExamExtension;

/** What operators do with features in the shell, and how a feature that is no good leaves no trace. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-7")
@Tag("CARD-9")
class FeatureCommandsTest {
    private static final String FRAMEWORK = "org.osgi.framework";

    @Inject
    private BundleContext context;

    private RunningPlatform platform;
    private TestRepository repository;
    private int bundles;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .withCommands()
                .set("org.papertrader.features", "settleMs", "300")
                .set("org.papertrader.features", "patienceMs", "1000")
                .options();
    }

    @BeforeEach
    void addRepository() throws Exception {
        platform = new RunningPlatform(context);
        platform.awaitReady();
        repository = platform.addRepository();
        repository
                .bundle("echo", "1.0", echo("1.0.0"))
                .bundle("echo", "1.1", echo("1.1.0"))
                .feature("talk", "1.0", "echo:1.0")
                .feature("talk", "1.1", "echo:1.1");
        bundles = context.getBundles().length;
    }

    @AfterEach
    void removeAll() throws Exception {
        if (platform.has("it.echo")) {
            platform.shell("feature:remove talk --yes");
        }
        platform.shell("feature:repo-remove " + repository.root());
        assertThat(context.getBundles()).hasSize(bundles);
        assertThat(platform.notRunning()).isEmpty();
        assertThat(platform.path("papertrader.data").resolve("features/store")).isEmptyDirectory();
    }

    @Test
    void aFeatureIsInstalledUpgradedAndRemoved() throws Exception {
        assertThat(platform.shell("feature:list")).contains("talk                     1.1");
        assertThat(platform.shell("feature:info talk:1.0")).contains("it:echo:1.0");

        assertThat(platform.shell("feature:install talk:1.0"))
                .contains("1/1 started echo 1.0.0", "watching", "installed talk 1.0");
        assertThat(Echo.ask(context)).isEqualTo("1.0.0");
        assertThat(platform.shell("feature:info talk")).contains("talk 1.0, installed", "active", "it.echo");
        assertThat(platform.shell("feature:upgrade talk"))
                .contains("1/1 replaced echo 1.0.0 by 1.1.0, which had come up beside it")
                .contains("upgraded talk from 1.0 to 1.1");
        assertThat(Echo.ask(context)).isEqualTo("1.1.0");

        assertThatThrownBy(() -> platform.shell("feature:remove talk")).hasMessageContaining("add --yes to do it");
        assertThat(platform.shell("feature:remove talk --yes")).contains("removed talk 1.1");
        assertThat(platform.has("it.echo")).isFalse();
    }

    /** As a restart does, the manager reads what was installed from disk. */
    @Test
    void whatIsInstalledOutlivesTheManager() throws Exception {
        platform.shell("feature:install talk:1.0");
        platform.shell("feature:upgrade talk");
        Bundle manager = platform.bundle("org.papertrader.features");
        manager.stop();
        manager.start();
        await().atMost(RunningPlatform.START_MAX).ignoreExceptions().until(() -> platform.shell("feature:info talk")
                .contains("talk 1.1, installed"));
        assertThat(Echo.ask(context)).isEqualTo("1.1.0");
    }

    @Test
    void clearRefusals() throws Exception {
        repository.featureText("broken", "1.0", "{ \"id\": ").feature("gone", "1.0", "nowhere:1.0");
        Files.writeString(repository.file("echo", "1.0", "jar.sha256"), "0".repeat(64));

        refused("feature:install unheard", "there is no feature 'unheard' in ");
        refused("feature:install broken", "feature broken 1.0: no JSON: ");
        refused("feature:install gone", "it:nowhere:1.0 is in none of the repositories ");
        refused("feature:install talk:1.0", "does not fit the SHA-256 beside it");
        refused("feature:install core", "feature core is installed, in version ");
        refused("feature:upgrade core", "no repository has a newer one");
        refused("feature:upgrade talk", "feature talk is not installed");
        refused("feature:remove core --yes", "feature core comes with this distribution");
        refused("feature:remove unheard --yes", "feature unheard is not installed");
        refused("feature:repo-add /no/such/folder", "there is no folder /no/such/folder");
    }

    @Test
    void aFeatureThatAnotherNeedsStays() throws Exception {
        repository
                .bundle(
                        "base",
                        "1",
                        TestBundle.of("it.base", "1.0.0")
                                .header("Export-Package", "it.base")
                                .bytes())
                .bundle(
                        "user",
                        "1",
                        TestBundle.of("it.user", "1.0.0")
                                .header("Import-Package", "it.base")
                                .bytes())
                .feature("base", "1", "base:1")
                .feature("user", "1", "user:1");
        platform.shell("feature:install base");
        platform.shell("feature:install user");

        refused("feature:remove base --yes", "feature user needs it: it.user uses package it.base");

        platform.shell("feature:remove user --yes");
        platform.shell("feature:remove base --yes");
    }

    @Test
    void aMissingPackageRollsBack() throws Exception {
        repository.bundle(
                "bad",
                "1",
                TestBundle.of("it.bad", "1.0.0")
                        .header("Import-Package", "no.such.thing")
                        .bytes());
        rollsBack("it.bad needs package no.such.thing, which nothing in the repositories gives");
        repository.bundle(
                "giver",
                "1",
                TestBundle.of("it.giver", "1.0.0")
                        .header("Export-Package", "no.such.thing")
                        .bytes());
        rollsBack("it.bad needs package no.such.thing, which giver-1.jar in " + repository.root() + " gives");
    }

    @Test
    void aMissingServiceRollsBack() throws Exception {
        repository.bundle(
                "bad",
                "1",
                TestBundle.of("it.bad", "1.0.0")
                        .component(FailingComponent.class, "activate", "no.such.Service")
                        .bytes());
        rollsBack("it.bad needs service no.such.Service, which nothing in the repositories gives");
    }

    @Test
    void aComponentThatFailsRollsBack() throws Exception {
        repository.bundle(
                "bad",
                "1",
                TestBundle.of("it.bad", "1.0.0")
                        .component(FailingComponent.class, "activate", "")
                        .bytes());
        rollsBack(
                "it.bad does not work: FailingComponent fails with java.lang.IllegalStateException: no licence found");
    }

    @Test
    void aRedHealthCheckRollsBack() throws Exception {
        repository.bundle(
                "bad",
                "1",
                TestBundle.of("it.bad", "1.0.0")
                        .activator(SickActivator.class, FRAMEWORK + ",org.apache.felix.hc.api")
                        .bytes());
        rollsBack("health check luck turned red: CRITICAL: out of luck");
    }

    @Test
    void whatIsNoBundleIsRefused() throws Exception {
        repository.bundle("bad", "1", "no jar".getBytes(StandardCharsets.UTF_8)).feature("bad", "1", "bad:1");
        refused("feature:install bad", "it:bad:1 cannot be read: ");
    }

    /** Both ways: as a new feature, and as the next version of one that works, which goes on. */
    private void rollsBack(String reason) throws Exception {
        repository.feature("bad", "1", "bad:1").feature("talk", "2.0", "echo:1.1", "bad:1");
        refused("feature:install bad", "install of bad 1 is rolled back: " + reason);
        platform.shell("feature:install talk:1.0");
        refused("feature:upgrade talk", "upgrade of talk 1.0 to 2.0 is rolled back: " + reason);
        assertThat(Echo.ask(context)).isEqualTo("1.0.0");
        assertThat(platform.shell("feature:info talk")).contains("talk 1.0, installed");
        assertThat(platform.has("it.bad")).isFalse();
        platform.shell("feature:remove talk --yes");
    }

    private void refused(String command, String line) {
        assertThatThrownBy(() -> platform.shell(command))
                .hasMessageContaining(line)
                .message()
                .as("one line")
                .doesNotContain("\n");
    }

    private static byte[] echo(String version) throws Exception {
        return Jars.bundle("it.echo", version, EchoActivator.class);
    }
}
