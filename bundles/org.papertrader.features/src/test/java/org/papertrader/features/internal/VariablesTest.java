package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {
    @Test
    void replacesEveryVariable() throws Exception {
        assertThat(Variables.inText("${a}/${b.c}/${a}", Map.of("a", "1", "b.c", "$2")::get))
                .isEqualTo("1/$2/1");
    }

    @Test
    void escapesValuesInsideJson() throws Exception {
        assertThat(Variables.inJson("{\"x\":\"${a}\"}", name -> "C:\\data \"x\"\n"))
                .isEqualTo("{\"x\":\"C:\\\\data \\\"x\\\"\\u000a\"}");
    }

    @Test
    void doesNotLookForVariablesInValues() throws Exception {
        assertThat(Variables.inText("${a}", name -> "${b}")).isEqualTo("${b}");
    }

    @Test
    void namesAllThatAreMissing() {
        assertThatThrownBy(() -> Variables.inText("${a}${b}${c}", Map.of("b", "1")::get))
                .isInstanceOf(FeatureException.class)
                .hasMessage("no value for a, c");
    }
}
