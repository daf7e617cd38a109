package org.papertrader.itests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.osgi.framework.BundleContext;
import org.papertrader.itests.exam.HostPackages;
import org.papertrader.itests.exam.PaxExamExtension;
import org.papertrader.itests.platform.SwapUnderLoad.Way;
import org.papertrader.metrics.exposition.Exposition;
import org.papertrader.metrics.exposition.Exposition.Family;

/** The page of metrics of a running program: what it says is true, complete, and always there. */
@ExtendWith(PaxExamExtension.class)
@Tag("DS-7")
@Tag("DS-8")
class MetricsTest {
    private static final List<String> ASKED_IN_A_ROUND =
            List.of("getAssetValueCurrent", "getAssetValueWeek", "getAssetValuePredicted", "purchaseAsset");

    private static final Pattern USED = Pattern.compile("\\b((?:papertrader|jvm|process)_[a-z0-9_]+)(?:\\{([^}]*)})?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!=|=)");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| ([a-z]+) \\| ([^|]*) \\| (.*) \\|$");

    @Inject
    private BundleContext context;

    private RunningPlatform platform;
    private Scraper scraper;

    @Configuration
    static Option[] configuration() {
        return OptionUtils.combine(
                DistributionUnderTest.of("standalone")
                        .withTraders()
                        .withCommands()
                        .options(),
                HostPackages.ofLibraries(Exposition.class));
    }

    @BeforeEach
    void awaitReady() {
        platform = new RunningPlatform(context);
        platform.awaitReady();
        scraper = new Scraper(platform);
    }

    @ParameterizedTest
    @CsvSource({
        "org.papertrader.metrics, UPDATE_IN_PLACE",
        "org.papertrader.metrics, STOP_START",
        "org.papertrader.metrics, BLUE_GREEN",
        "org.papertrader.cache.memory, BLUE_GREEN",
        "org.papertrader.marketdata, STOP_START"
    })
    @Tag("CARD-4")
    void countsWhatTheLoadDidWhileBundlesAreSwapped(String bundle, Way way) throws Exception {
        try (Trader trader = Trader.demanding(platform)) {
            Exposition before = settled();
            AtomicInteger rounds = new AtomicInteger();
            AtomicLong accepted = new AtomicLong();
            SwapReport report = SwapUnderLoad.of(context, bundle).times(3).run(way, () -> {
                trader.round();
                rounds.incrementAndGet();
                long seen = accepted.get();
                long now = (long) scraper.scrape().value("papertrader_orders_accepted_total", Map.of());
                assertThat(now).as("accepted orders never fall").isGreaterThanOrEqualTo(seen);
                accepted.accumulateAndGet(now, Math::max);
            });
            assertThat(report.failed()).as("%s", report).isZero();
            // An answer is counted when it has been sent.
            await().atMost(RunningPlatform.START_MAX)
                    .untilAsserted(() -> countsRounds(before, scraper.scrape(), rounds.get()));
            assertThat(scraper.scrape().value("papertrader_metric_faults_total", Map.of()))
                    .isZero();
        }
    }

    private static void countsRounds(Exposition before, Exposition after, int rounds) {
        for (String instruction : ASKED_IN_A_ROUND) {
            assertThat(answered(after, instruction) - answered(before, instruction))
                    .as(instruction)
                    .isEqualTo(rounds);
        }
        assertThat(accepted(after) - accepted(before)).isEqualTo(rounds);
    }

    /** Once what the traders so far have asked is counted. */
    private Exposition settled() {
        AtomicReference<Exposition> last = new AtomicReference<>();
        await().atMost(RunningPlatform.START_MAX).until(() -> {
            Exposition page = scraper.scrape();
            Exposition earlier = last.getAndSet(page);
            return earlier != null
                    && accepted(page) == accepted(earlier)
                    && ASKED_IN_A_ROUND.stream().allMatch(asked -> answered(page, asked) == answered(earlier, asked));
        });
        return last.get();
    }

    /** What is counted begins anew with the new version, and is there once while both stand. */
    @ParameterizedTest
    @ValueSource(strings = {"org.papertrader.gateway", "org.papertrader.trading", "org.papertrader.auth"})
    @Tag("CARD-4")
    void noScrapeFailsWhileASourceHasTwoVersions(String bundle) throws Exception {
        try (Trader trader = Trader.demanding(platform)) {
            SwapReport report = SwapUnderLoad.of(context, bundle).times(2).run(Way.BLUE_GREEN, () -> {
                trader.round();
                assertThat(scraper.scrape().families())
                        .containsKeys("papertrader_requests_total", "papertrader_build_info");
            });
            assertThat(report.failed()).as("%s", report).isZero();
            trader.round();
            Exposition after = scraper.scrape();
            assertThat(after.sum("papertrader_requests_total", Map.of("side", "worker")))
                    .isPositive();
            assertThat(after.value("papertrader_metric_faults_total", Map.of())).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "alerts.yml"})
    void whatTheShippedFilesAskForIsThere(String name) throws Exception {
        String text = Files.readString(
                platform.path("papertrader.home").resolve("monitoring").resolve(name));
        try (Trader trader = Trader.demanding(platform)) {
            trader.round();
            trader.checkOrders();
            Exposition page = scraper.scrape();
            var used = USED.matcher(text.replace("\\\"", "\""));
            Set<String> names = new TreeSet<>();
            while (used.find()) {
                String metric = used.group(1).replaceFirst("_(bucket|sum|count)$", "");
                names.add(metric);
                assertThat(page.families()).as("used in %s", name).containsKey(metric);
                Set<String> there = labels(page, page.families().get(metric));
                if (used.group(2) != null && !there.isEmpty()) {
                    Set<String> asked = LABEL.matcher(used.group(2))
                            .results()
                            .map(match -> match.group(1))
                            .filter(label -> !label.equals("instance"))
                            .collect(Collectors.toSet());
                    assertThat(there)
                            .as("labels of %s, used in %s", metric, name)
                            .containsAll(asked);
                }
            }
            assertThat(names).hasSizeGreaterThan(15);
        }
    }

    @Test
    @Tag("CARD-9")
    void theDocumentationNamesAllThatIsThereAndNothingElse() throws Exception {
        Path root = platform.path("papertrader.home").resolve("../../../..").normalize();
        String text = Files.readString(root.resolve("docs/operations.md"));
        try (Trader trader = Trader.demanding(platform)) {
            trader.round();
            trader.checkOrders();
            assertThat(platform.shell("metrics:list orders_accepted")).contains("papertrader_orders_accepted_total");
        }
        Exposition page = scraper.scrape();
        String section = text.substring(text.indexOf("### All metrics"));
        Set<String> documented = new TreeSet<>();
        ROW.matcher(section).results().forEach(row -> {
            Family family = page.families().get(row.group(1));
            assertThat(family).as("%s is documented", row.group(1)).isNotNull();
            documented.add(row.group(1));
            assertThat(row.group(2)).as("type of %s", row.group(1)).isEqualTo(family.type());
            assertThat(row.group(4)).as("meaning of %s", row.group(1)).isEqualTo(family.help());
            String labels = String.join(", ", labels(page, family)).strip();
            assertThat(row.group(3).replace("`", "").strip())
                    .as("labels of %s", row.group(1))
                    .satisfies(said ->
                            assertThat(labels.isEmpty() || labels.equals(said)).isTrue());
        });
        assertThat(page.families().keySet())
                .filteredOn(name -> !documented.contains(name))
                .as("not documented")
                .isEmpty();
    }

    /** Those of the first sample, sorted; all samples of a family have the same. */
    private static Set<String> labels(Exposition page, Family family) {
        String series = family.type().equals("histogram") ? family.name() + "_count" : family.name();
        return page.of(series).keySet().stream()
                .findFirst()
                .map(labels -> (Set<String>) new TreeSet<>(labels.keySet()))
                .orElse(Set.of());
    }

    private static double answered(Exposition page, String instruction) {
        return page.sum(
                "papertrader_requests_total", Map.of("side", "worker", "instruction", instruction, "result", "ok"));
    }

    private static double accepted(Exposition page) {
        return page.value("papertrader_orders_accepted_total", Map.of());
    }
}
