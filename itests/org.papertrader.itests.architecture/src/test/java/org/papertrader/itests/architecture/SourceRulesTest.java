package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRulesTest {
    private static final String MAIN = "bundles/org.papertrader.trading/src/main/java/org/papertrader/A.java";
    private static final String TEST = "bundles/org.papertrader.trading/src/test/java/org/papertrader/ATest.java";

    @Test
    void sourcesKeepTheRules() {
        assertThat(SourceRules.violations(Repository.sources())).isEmpty();
    }

    @Test
    void noAmountIsFloating() {
        assertThat(Repository.sources().stream().flatMap(SourceRules::floatingMoney))
                .isEmpty();
    }

    @Test
    void somethingIsLookedAt() {
        assertThat(Repository.sources()).hasSizeGreaterThan(400);
        assertThat(Repository.sources()).extracting(SourceFile::className).contains("SourceRulesTest", "Money");
    }

    /** Controls: each rule finds what breaks it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                MAIN + " | double price = 1;                  | floating point",
                MAIN + " | List<Float> prices;                | floating point",
                MAIN + " | System.out.println();              | writes to the console",
                MAIN + " | final class LedgerImpl {}          | a name that says nothing",
                MAIN + " | // TODO later                      | unfinished",
                MAIN + " | /** @author me */                  | an author",
                TEST + " | Thread.sleep(10);                  | a test sleeps",
                TEST + " | TimeUnit.SECONDS.sleep(1);         | a test sleeps",
            })
    void whatBreaksARuleIsFound(String path, String code, String text) {
        assertThat(SourceRules.violations(List.of(new SourceFile(path, code)))).containsExactly(path + ": " + text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// double the size, Thread.sleep, System.out",
                "String text = \"double Thread.sleep System.out\";",
                "String text = \"\"\"\n double \" System.out \"\"\";",
                "char quote = '\"'; int size; char other = '\"';",
                "int doubled; int afloat;",
            })
    void commentsAndTextsAreNoCode(String code) {
        assertThat(SourceRules.violations(List.of(new SourceFile(MAIN, code), new SourceFile(TEST, code))))
                .isEmpty();
    }

    @Test
    void aLongFileIsFound() {
        String path = MAIN;
        String longest = "int a;\n".repeat(SourceRules.LINES_MAX);
        assertThat(SourceRules.violations(List.of(new SourceFile(path, longest))))
                .isEmpty();
        assertThat(SourceRules.violations(List.of(new SourceFile(path, longest + "int b;\n"))))
                .hasSize(1);
    }

    @Test
    void floatingMoneyIsFound() {
        assertThat(SourceRules.floatingMoney(new SourceFile(MAIN, "private double cashFree;")))
                .hasSize(1);
        assertThat(SourceRules.floatingMoney(new SourceFile(MAIN, "double variance; long cash;")))
                .isEmpty();
    }
}
