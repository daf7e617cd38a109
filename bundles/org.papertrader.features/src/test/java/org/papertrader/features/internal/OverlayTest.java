package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
    @Test
    void operatorWinsAndTakesTheDefaultsType() throws Exception {
        Map<String, Object> effective = Overlay.effective(
                Map.of("port", 2049, "limit", 5L, "on", true, "ratio", 0.5, "name", "a", "kept", 1),
                Map.of("port", "3000", "limit", "6", "on", "False", "ratio", "1", "name", "b"),
                Map.of());

        assertThat(effective)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("port", 3000, "limit", 6L, "on", false, "ratio", 1.0, "name", "b", "kept", 1));
    }

    @Test
    void readsListsByComma() throws Exception {
        Map<String, Object> effective = Overlay.effective(
                Map.of("names", new String[] {"x"}, "ports", new int[] {1}, "many", List.of(1L), "none", new String[] {
                    "x"
                }),
                Map.of("names", "a, b", "ports", "1,2", "many", "7 ,8", "none", ""),
                Map.of());

        assertThat(effective.get("names")).isEqualTo(new String[] {"a", "b"});
        assertThat(effective.get("ports")).isEqualTo(new int[] {1, 2});
        assertThat(effective.get("many")).isEqualTo(List.of(7L, 8L));
        assertThat(effective.get("none")).isEqualTo(new String[0]);
    }

    @Test
    void keepsTextWhereThereIsNoDefault() throws Exception {
        assertThat(Overlay.effective(Map.of(), Map.of("a", "1,2"), Map.of())).containsEntry("a", "1,2");
    }

    @ParameterizedTest
    @CsvSource({"port, 20x49", "port, 3000000000", "on, yes"})
    void refusesTextThatIsNoValueOfTheDefaultsType(String key, String text) {
        assertThatThrownBy(() -> Overlay.effective(Map.of("port", 2049, "on", true), Map.of(key, text), Map.of()))
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining(key + ": '" + text + "'");
    }

    @Test
    void metatypeTellsTypesAndBoundsWhereTheFeatureHasNoDefault() throws Exception {
        Map<String, Attribute> attributes = Map.of(
                "many", new Attribute("many", "String", true, "", null, null, List.of(), ""),
                "count", new Attribute("count", "Integer", false, "1", BigDecimal.ONE, BigDecimal.TEN, List.of(), ""));

        Map<String, Object> effective =
                Overlay.effective(Map.of(), Map.of("many", "a\\,b, c", "count", "10"), attributes);

        assertThat(effective.get("many")).isEqualTo(new String[] {"a,b", "c"});
        assertThat(effective.get("count")).isEqualTo(10);
        assertThatThrownBy(() -> Overlay.effective(Map.of(), Map.of("count", "0"), attributes))
                .hasMessage("count: 0 is not within at least 1 and at most 10");
    }

    @Test
    void writesValuesAsTheOperatorWould() {
        assertThat(Overlay.text(new int[] {1, 2})).isEqualTo("1,2");
        assertThat(Overlay.text(List.of("a", "b"))).isEqualTo("a,b");
        assertThat(Overlay.text(null)).isEmpty();
    }
}
