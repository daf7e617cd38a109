package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("CARD-1")
@Tag("CARD-4")
class BundleRulesTest {
    /** They load or bind something first and register their service when that is done. */
    private static final Set<String> PUBLISHERS = Set.of(
            "org.papertrader.assets.replay",
            "org.papertrader.assets.simulated",
            "org.papertrader.health",
            "org.papertrader.http",
            "org.papertrader.link",
            "org.papertrader.marketdata",
            "org.papertrader.storage.h2",
            "org.papertrader.trading",
            "org.papertrader.transport");

    private final BundleRules rules = new BundleRules(PUBLISHERS);

    @Test
    void builtBundlesKeepTheRules() {
        assertThat(rules.violations(Repository.bundles())).isEmpty();
    }

    @Test
    void everyFolderIsNamedAsItsBundle() {
        assertThat(Repository.bundles()).extracting(BuiltBundle::name).isEqualTo(Repository.bundleFolders());
    }

    @Test
    void somethingIsLookedAt() {
        assertThat(Repository.bundles()).hasSizeGreaterThan(30);
        assertThat(bundle("org.papertrader.transport").imports()).contains("io.netty.channel", "org.papertrader.model");
        assertThat(bundle("org.papertrader.model").exports()).containsEntry("org.papertrader.model", "1.1.0");
        assertThat(bundle("org.papertrader.gateway").packages()).containsExactly("org.papertrader.gateway.internal");
    }

    /** Controls: each rule finds what breaks it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model             | org.papertrader.gate             | a contract imports",
                "trading.api       | org.papertrader.accounts.api     | a contract imports",
                "trading.api       | org.slf4j                        | a contract imports",
                "transport.api     | io.netty.buffer                  | a contract imports",
                "gateway           | org.papertrader.relay.internal   | imports another provider's",
                "trading           | org.papertrader.storage.jdbc     | imports another provider's",
                "gateway           | io.netty.buffer                  | is outside of the fence of",
                "auth              | org.osgi.framework               | is outside of the fence of",
                "assets.wallstreet | org.papertrader.storage.api      | an adapter imports",
                "assets.wallstreet | org.papertrader.gate             | an adapter imports",
            })
    void aForbiddenImportIsFound(String name, String imported, String text) {
        BuiltBundle bad = new BuiltBundle("org.papertrader." + name, Set.of(imported), Map.of(), Set.of());
        assertThat(rules.violations(List.of(bad)))
                .anySatisfy(line -> assertThat(line).contains(text + " " + imported));
    }

    @Test
    void aProviderThatExportsIsFound() {
        assertThat(rules.violations(List.of(exporting("org.papertrader.trading", "1.0.0"))))
                .singleElement()
                .asString()
                .contains("a provider exports");
    }

    @Test
    void anExportWithoutVersionIsFound() {
        assertThat(rules.violations(List.of(exporting("org.papertrader.trading.api", ""))))
                .singleElement()
                .asString()
                .contains("without a version");
    }

    @Test
    void codeOutsideOfInternalIsFound() {
        BuiltBundle open = new BuiltBundle(
                "org.papertrader.trading", Set.of(), Map.of(), Set.of("org.papertrader.trading.engine"));
        assertThat(rules.violations(List.of(open))).singleElement().asString().contains("outside of .internal");
    }

    @Test
    void aPublisherThatIsNotNamedIsFound() {
        assertThat(new BundleRules(Set.of()).violations(List.of(bundle("org.papertrader.transport"))))
                .isNotEmpty();
    }

    private static BuiltBundle exporting(String name, String version) {
        return new BuiltBundle(name, Set.of(), Map.of(name, version), Set.of(name));
    }

    private static BuiltBundle bundle(String name) {
        return BuiltBundle.read(name, Repository.jar(name));
    }
}
