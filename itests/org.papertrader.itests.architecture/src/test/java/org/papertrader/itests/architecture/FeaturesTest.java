package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("CARD-5")
class FeaturesTest {
    /** Not in the framework: plain jars, what the launcher starts with, and what is copied into bundles. */
    private static final Set<String> OUTSIDE = Set.of(
            "org.papertrader.assets.testkit",
            "org.papertrader.cli",
            "org.papertrader.client",
            "org.papertrader.shell.console",
            "org.papertrader.launcher",
            "org.papertrader.shell.text",
            "org.papertrader.storage.jdbc");

    /** Libraries, of which two versions may be there at once. */
    private static final Set<String> SHARED = Set.of(
            "bcprov-jdk18on",
            "bcutil-jdk18on",
            "org.apache.felix.healthcheck.api",
            "org.papertrader.gate",
            "org.papertrader.metrics.api");

    private static final List<String> WORKER_ONLY = List.of(
            "org.papertrader.gateway",
            "org.papertrader.relay",
            "org.papertrader.cache.",
            "org.papertrader.clientmanagement",
            "caffeine");

    private static final List<String> MASTER_ONLY = List.of(
            "org.papertrader.storage.",
            "org.papertrader.assets.",
            "org.papertrader.marketdata",
            "org.papertrader.forecast.",
            "org.papertrader.auth",
            "org.papertrader.workermanagement",
            "org.papertrader.master",
            "h2");

    private final Map<String, FeatureFile> features =
            FeatureFile.all().stream().collect(Collectors.toMap(FeatureFile::name, feature -> feature));

    @Test
    void aMasterHasNothingOfAWorker() {
        assertThat(everythingOf("master").bundlesBelow(WORKER_ONLY)).isEmpty();
    }

    @Test
    void aWorkerHasNeitherStorageNorAdapters() {
        // The contract that a worker implements over its link is the master's too.
        List<String> shared = List.of("org.papertrader.marketdata.api");
        assertThat(everythingOf("worker").bundlesBelow(MASTER_ONLY)).isSubsetOf(shared);
    }

    @Test
    void everyBundleIsInAFeature() {
        Set<String> shipped = new TreeSet<>(OUTSIDE);
        features.values().forEach(feature -> shipped.addAll(feature.bundles()));
        assertThat(Repository.bundleFolders())
                .filteredOn(bundle -> !shipped.contains(bundle))
                .isEmpty();
    }

    @Test
    void whatWorksByItselfIsInOneFeatureSoThatThatCanBeUpgradedAlone() {
        Map<String, Long> times = features.values().stream()
                .flatMap(feature -> feature.bundles().stream())
                .collect(Collectors.groupingBy(bundle -> bundle, Collectors.counting()));
        times.values().removeIf(count -> count == 1);
        assertThat(times.keySet()).containsExactlyInAnyOrderElementsOf(SHARED);
    }

    /** Controls: the lists of what is forbidden do name what the other side has. */
    @Test
    void eachSideIsFoundAtTheOther() {
        assertThat(features.get("worker").bundlesBelow(WORKER_ONLY)).hasSizeGreaterThanOrEqualTo(WORKER_ONLY.size());
        assertThat(features.get("master").bundlesBelow(MASTER_ONLY)).hasSizeGreaterThanOrEqualTo(MASTER_ONLY.size());
    }

    @Test
    void aFeatureIsReadWhole() {
        FeatureFile read = FeatureFile.parse("x", """
                {"id": "g:x:1", "variables": {"id": "no"},
                 "bundles": [{"id": "g:a:1", "start-order": 5}, {"id": "g:b:jar:linux:1"}],
                 "configurations": {"org.x~one": {"id": "no", "k": 1}, "org.y": {}}}
                """);
        assertThat(read.bundles()).containsExactly("a", "b");
        assertThat(read.pids()).containsExactly("org.x", "org.y");
    }

    private FeatureFile everythingOf(String side) {
        Set<String> bundles = new TreeSet<>();
        for (String part : List.of("boot", "runtime", "core", side)) {
            bundles.addAll(features.get(part).bundles());
        }
        return new FeatureFile(side, bundles, Set.of());
    }
}
