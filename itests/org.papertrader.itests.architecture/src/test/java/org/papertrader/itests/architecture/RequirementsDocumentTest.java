package org.papertrader.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementsDocumentTest {
    private static final String TAGGED = "@Tag(\"OVR-1\") class ATest {}";

    @Test
    void thePageIsTrue() {
        RequirementsDocument page = RequirementsDocument.parse(Repository.text("docs/requirements.md"));
        assertThat(page.violations(RequirementsDocument.allIds(), Repository.sources()))
                .isEmpty();
    }

    @Test
    void thereAreEightyOneRequirements() {
        assertThat(RequirementsDocument.allIds()).hasSize(81).contains("CARD-1", "MST-30", "PRO-17");
    }

    /** Controls: a page that is not true is found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "| OVR-2 | a | b | `ATest` |                  ! OVR-1 is not listed",
                "| OVR-9 | a | b | open: later |              ! OVR-9 is no requirement",
                "| OVR-1 | a | b | - |                        ! OVR-1 has neither a test nor is it open",
                "| OVR-1 | a | b | - open: |                  ! OVR-1 has neither a test nor is it open",
                "| OVR-1 | a | b | `NoTest` |                 ! OVR-1 names NoTest, which is not there or lacks the tag",
                "| OVR-2 | a | b | `ATest` |                  ! OVR-2 names ATest, which is not there or lacks the tag",
                "| OVR-2 | a | b | open: later |              ! ATest carries OVR-1, which is not listed",
                "| OVR-1 | a | b | open: later |              ! OVR-1 has a test that is not listed",
            })
    void whatIsNotTrueIsFound(String page, String text) {
        List<SourceFile> sources = List.of(new SourceFile("bundles/x/src/test/java/ATest.java", TAGGED));
        assertThat(RequirementsDocument.parse(page).violations(Set.of("OVR-1", "OVR-2"), sources))
                .contains(text);
    }

    @Test
    void aTruePageIsFine() {
        List<SourceFile> sources = List.of(new SourceFile("bundles/x/src/test/java/ATest.java", TAGGED));
        RequirementsDocument page = RequirementsDocument.parse("| OVR-1 | a | b | `ATest`; open: half of it |");
        assertThat(page.violations(Set.of("OVR-1"), sources)).isEmpty();
    }
}
