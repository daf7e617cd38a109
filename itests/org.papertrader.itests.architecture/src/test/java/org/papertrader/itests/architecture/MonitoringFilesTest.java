package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What is shipped for Prometheus and Grafana is well-formed, and fits together. Whether the metrics are there is asked of a
 * running program elsewhere.
 */
@Tag("DS-7")
@Tag("DS-8")
class MonitoringFilesTest {
    private static final String FOLDER = "distribution/src/dist/monitoring/";

    @Test
    void theDashboardIsWhatGrafanaReads() {
        Map<?, ?> dashboard = read("grafana-dashboard.json");
        assertThat(dashboard.get("title")).isEqualTo("PaperTrader");
        assertThat(dashboard.get("uid")).isEqualTo("papertrader");
        Set<Object> ids = new HashSet<>();
        int asked = 0;
        for (Map<?, ?> panel : list(dashboard.get("panels"))) {
            assertThat(ids.add(panel.get("id")))
                    .as("id of %s", panel.get("title"))
                    .isTrue();
            Map<?, ?> place = (Map<?, ?>) panel.get("gridPos");
            assertThat((Integer) place.get("x") + (Integer) place.get("w")).isLessThanOrEqualTo(24);
            if (!"row".equals(panel.get("type"))) {
                asked++;
                assertThat(list(panel.get("targets"))).isNotEmpty().allSatisfy(target -> {
                    assertThat((String) target.get("expr")).isNotBlank();
                    assertThat(String.valueOf(target.get("datasource"))).contains("${datasource}");
                });
            }
        }
        assertThat(asked).isGreaterThan(30);
    }

    @Test
    void eachRuleSaysWhatItIsAbout() {
        Set<Object> names = new HashSet<>();
        for (Map<?, ?> group : list(read("alerts.yml").get("groups"))) {
            for (Map<?, ?> rule : list(group.get("rules"))) {
                assertThat(names.add(rule.get("alert")))
                        .as("%s", rule.get("alert"))
                        .isTrue();
                assertThat((String) rule.get("expr")).isNotBlank();
                assertThat(((Map<?, ?>) rule.get("labels")).get("severity")).isIn("critical", "warning", "info");
                Map<?, ?> texts = (Map<?, ?>) rule.get("annotations");
                assertThat((String) texts.get("summary")).isNotBlank();
                assertThat((String) texts.get("description")).isNotBlank();
            }
        }
        assertThat(names).hasSizeGreaterThan(15);
    }

    @Test
    void theScrapeNamesTheRulesAndTheJobThatTheyAskFor() {
        Map<?, ?> prometheus = read("prometheus.yml");
        assertThat(prometheus.get("rule_files")).isEqualTo(List.of("alerts.yml"));
        Object job = list(prometheus.get("scrape_configs")).get(0).get("job_name");
        assertThat(Repository.text(FOLDER + "alerts.yml")).contains("up{job=\"" + job + "\"}");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<?, ?>> list(Object value) {
        return (List<Map<?, ?>>) value;
    }

    /** JSON is YAML too. */
    private static Map<?, ?> read(String name) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(Repository.text(FOLDER + name));
    }
}
