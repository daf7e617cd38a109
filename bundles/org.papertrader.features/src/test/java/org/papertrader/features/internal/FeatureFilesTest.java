package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.junit.jupiter.api.Test;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;

class FeatureFilesTest {
    private static final String TEXT = """
            {
              "feature-resource-version": "1.0",
              "id": "g:demo:1.0",
              "variables": { "port": 2049, "db": "${papertrader.data}/db", "open": null },
              "bundles": [
                { "id": "g:late:1.0", "start-order": 70 },
                { "id": "g:plain:1.0" },
                { "id": "g:native:jar:linux:1.0", "start-order": 5 }
              ],
              "configurations": {
                "a.b": { "port:Integer": "${port}", "url": "jdbc:h2:${db}", "hosts:String[]": ["x", "y"] },
                "f~one": { "n:Long": 3 }
              }
            }
            """;

    @Test
    void fillsTypedValuesFromDefaultsAndFrameworkProperties() throws Exception {
        Feature feature = read(Map.of("papertrader.data", "/d", "port", "3000"));

        Map<String, Map<String, Object>> defaults = FeatureManager.defaults(List.of(feature));
        assertThat(defaults.get("a.b"))
                .containsEntry("port", 3000)
                .containsEntry("url", "jdbc:h2:/d/db")
                .containsEntry("hosts", new String[] {"x", "y"});
        assertThat(defaults.get("f~one")).containsEntry("n", 3L);
    }

    @Test
    void usesTheDefaultOfAVariable() throws Exception {
        Feature feature = read(Map.of("papertrader.data", "/d"));

        assertThat(FeatureManager.defaults(List.of(feature)).get("a.b")).containsEntry("port", 2049);
    }

    @Test
    void laterFeatureWinsKeyByKey() throws Exception {
        Feature first = read(Map.of("papertrader.data", "/d"));
        Feature second = read(Map.of("papertrader.data", "/e", "port", "1"));

        assertThat(FeatureManager.defaults(List.of(first, second)).get("a.b"))
                .containsEntry("port", 1)
                .containsEntry("url", "jdbc:h2:/e/db");
    }

    @Test
    void ordersBundlesByStartOrder() throws Exception {
        List<FeatureBundle> bundles = FeatureInstaller.inStartOrder(
                read(Map.of("papertrader.data", "/d")).getBundles());

        assertThat(bundles)
                .extracting(bundle -> bundle.getID().getArtifactId())
                .containsExactly("native", "plain", "late");
    }

    @Test
    void findsAnArtifactWithClassifier() throws Exception {
        FeatureBundle bundle = FeatureInstaller.inStartOrder(
                        read(Map.of("papertrader.data", "/d")).getBundles())
                .get(0);

        assertThat(Coordinates.of(bundle.getID()).path()).isEqualTo("g/native/1.0/native-1.0-linux.jar");
    }

    @Test
    void namesTheMissingVariable() {
        assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("demo").hasMessageContaining("papertrader.data");
    }

    @Test
    void saysWhatIsWrongInOneLine() {
        assertThatThrownBy(() -> files(Map.of()).read("demo", "{ \"id\": "))
                .isInstanceOf(FeatureException.class)
                .hasMessageStartingWith("feature demo: no JSON: ")
                .message()
                .doesNotContain("\n");
        assertThatThrownBy(() -> files(Map.of()).read("demo", "{ \"id\": 3 }"))
                .isInstanceOf(FeatureException.class)
                .hasMessageStartingWith("feature demo cannot be read");
    }

    @Test
    void refusesCoordinatesThatLeaveTheRepository() {
        String text = TEXT.replace("g:plain:1.0", "g:plain:../../..");

        assertThatThrownBy(() -> files(Map.of("papertrader.data", "/d")).read("demo", text))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("'../../..' has no place in Maven coordinates");
    }

    private Feature read(Map<String, String> properties) throws Exception {
        return files(properties).read("demo", TEXT);
    }

    private FeatureFiles files(Map<String, String> properties) {
        return new FeatureFiles(new FeatureServiceImpl(), properties::get);
    }
}
