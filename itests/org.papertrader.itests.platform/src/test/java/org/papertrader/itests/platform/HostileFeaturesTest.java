package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.papertrader.itests.bundles.TestBundle;
import org.papertrader.itests.bundles.TestRepository;
import org.papertrader.itests.exam.PaxExamExtension;

/** Features that would do harm later, mostly at the next restart, are refused at once; what failed leaves all whole. */
@ExtendWith(PaxExamExtension.class)
@Tag("CARD-7")
class HostileFeaturesTest {
    @Inject
    private BundleContext context;

    private RunningPlatform platform;
    private TestRepository repository;
    private int bundles;

    @Configuration
    static Option[] configuration() {
        return DistributionUnderTest.of("standalone")
                .withCommands()
                .set("org.papertrader.features", "settleMs", "100")
                .set("org.papertrader.features", "patienceMs", "1000")
                .options();
    }

    @BeforeEach
    void addRepository() throws Exception {
        platform = new RunningPlatform(context);
        platform.awaitReady();
        repository = platform.addRepository();
        bundles = context.getBundles().length;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        platform.shell("feature:repo-remove " + repository.root());
        assertThat(context.getBundles()).hasSize(bundles);
        assertThat(platform.notRunning()).isEmpty();
    }

    /** What was replaced in place and came back is another bundle, which the feature must know. */
    @Test
    void afterARollBackTheFeatureIsUpgradedAndRemovedAsEver() throws Exception {
        for (String version : new String[] {"1.0", "1.1", "2.0"}) {
            repository.bundle("base", version, base(version)).feature("base", version, "base:" + version);
        }
        repository.bundle("user", "1.0", user()).feature("user", "1.0", "user:1.0");
        platform.shell("feature:install base:1.0");
        platform.shell("feature:install user");

        refused(
                "feature:upgrade base:2.0",
                "upgrade of base 1.0 to 2.0 is rolled back: it.user needs package it.base [1.0.0,2.0.0), which ");

        assertThat(platform.shell("feature:list")).containsPattern("base +1\\.0 +runs");
        assertThat(platform.shell("feature:upgrade base:1.1")).contains("upgraded base from 1.0 to 1.1");
        assertThat(platform.bundle("it.base").getVersion()).hasToString("1.1.0");
        platform.shell("feature:remove user --yes");
        platform.shell("feature:remove base --yes");
        assertThat(platform.has("it.base")).isFalse();
    }

    @Test
    void whatABundleFromElsewhereNeedsStays() throws Exception {
        repository.bundle("base", "1.0", base("1.0")).feature("base", "1.0", "base:1.0");
        platform.shell("feature:install base");
        Bundle user = context.installBundle("it:user", new ByteArrayInputStream(user()));
        try {
            user.start();
            refused(
                    "feature:remove base --yes",
                    "a bundle that came without a feature needs it: it.user uses package it.base");
        } finally {
            user.uninstall();
        }
        platform.shell("feature:remove base --yes");
    }

    /** A restart would start it in the place of the distribution's own. */
    @Test
    void aNameOfTheDistributionIsTaken() throws Exception {
        repository.feature("core", "9");
        refused(
                "feature:install it:core",
                "there is a feature core already, org.papertrader:core: it:core needs another name");
    }

    /** The bundle that is configured would not come up after a restart. */
    @Test
    void aValueThatNobodyCanReadIsRefused() throws Exception {
        repository.featureText(
                "wild",
                "1",
                "{\"feature-resource-version\": \"1.0\", \"id\": \"it:wild:1\", \"configurations\": "
                        + "{\"org.papertrader.marketdata\": {\"intervalMs\": \"soon\"}}}");
        refused("feature:install wild", "it cannot configure org.papertrader.marketdata: intervalMs: 'soon' is no ");
    }

    /** What runs would stay, until a restart brings the other. */
    @Test
    void otherContentNeedsAnotherVersion() throws Exception {
        repository
                .bundle("base", "1", base("1.0"))
                .feature("base", "1.0", "base:1")
                .feature("base", "1.1", "base:1");
        platform.shell("feature:install base:1.0");
        repository.bundle("base", "1", base("1.1"));
        refused(
                "feature:upgrade base:1.1",
                "it:base:1 runs already, with other content: what is changed needs another version");
        platform.shell("feature:remove base --yes");
    }

    @Test
    void anUpgradeGoesBackOnlyWhenTold() throws Exception {
        repository
                .bundle("base", "1.0", base("1.0"))
                .bundle("base", "1.1", base("1.1"))
                .feature("base", "1.0", "base:1.0")
                .feature("base", "1.1", "base:1.1");
        platform.shell("feature:install base");
        Path newer = repository.file("base", "1.1", "osgifeature");
        Files.delete(newer);
        refused(
                "feature:upgrade base",
                "feature base 1.1 is installed, and no repository has a newer one; to go back: feature:upgrade base:1.0");
        assertThat(platform.shell("feature:upgrade base:1.0")).contains("upgraded base from 1.1 to 1.0");
        platform.shell("feature:remove base --yes");
    }

    /** It could never be removed: it would be remembered by one name, and known by another. */
    @Test
    void aFeatureIsWhereItSays() throws Exception {
        repository.featureText("one", "1", "{\"feature-resource-version\": \"1.0\", \"id\": \"it:other:1\"}");
        refused("feature:install one", "feature one 1 calls itself it:other:1: its id does not fit its place");
    }

    @Test
    void aComponentWhoseClassIsNotThereRollsBack() throws Exception {
        // Without an import, as its class has no type above it.
        repository
                .bundle(
                        "bad",
                        "1",
                        TestBundle.of("it.bad", "1.0.0")
                                .component(EchoActivator.class, "start", "")
                                .bytes())
                .feature("bad", "1", "bad:1");
        refused("feature:install bad", "is rolled back: it.bad does not work: EchoActivator does not come up");
    }

    @Test
    void aFragmentWithoutItsHostRollsBack() throws Exception {
        repository
                .bundle(
                        "bad",
                        "1",
                        TestBundle.of("it.bad", "1.0.0")
                                .header("Fragment-Host", "no.such")
                                .bytes())
                .feature("bad", "1", "bad:1");
        refused("feature:install bad", "is rolled back: it.bad is a fragment of no.such, which is not there");
    }

    private void refused(String command, String line) {
        assertThatThrownBy(() -> platform.shell(command)).hasMessageContaining(line);
    }

    private static byte[] base(String version) throws IOException {
        return TestBundle.of("it.base", version + ".0")
                .header("Export-Package", "it.base;version=" + version)
                .bytes();
    }

    private static byte[] user() throws IOException {
        return TestBundle.of("it.user", "1.0.0")
                .header("Import-Package", "it.base;version=\"[1,2)\"")
                .bytes();
    }
}
