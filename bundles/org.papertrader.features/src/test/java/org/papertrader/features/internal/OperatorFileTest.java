package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OperatorFileTest {
    private static final String TEXT = "# what it is\nport = 1\n\n! old: c\nlist = a, \\\n  b\nname=x\n";

    @Test
    void readsPropertiesText() throws Exception {
        assertThat(new OperatorFile(TEXT).values())
                .containsExactlyInAnyOrderEntriesOf(Map.of("port", "1", "list", "a, b", "name", "x"));
    }

    @Test
    void setsAValueInItsPlaceAndKeepsTheRest() throws Exception {
        assertThat(new OperatorFile(TEXT).with("list", "c").text())
                .isEqualTo("# what it is\nport = 1\n\n! old: c\nlist = c\nname=x\n");
    }

    @Test
    void appendsANewValue() throws Exception {
        assertThat(new OperatorFile("a=1").with("b", "2").text()).isEqualTo("a=1\nb = 2\n");
    }

    @Test
    void removesAValueWithItsContinuation() throws Exception {
        assertThat(new OperatorFile(TEXT).without("list").text())
                .isEqualTo("# what it is\nport = 1\n\n! old: c\nname=x\n");
    }

    @Test
    void keepsOneOfAKeyWrittenTwice() throws Exception {
        assertThat(new OperatorFile("a=1\na=2\n").with("a", "3").text()).isEqualTo("a = 3\n");
    }

    @Test
    void refusesMalformedText() {
        assertThatThrownBy(() -> new OperatorFile("a=\\u12").values()).isInstanceOf(FeatureException.class);
    }

    @RepeatedTest(50)
    void givesBackAnyKeyAndValueThatWasSet(RepetitionInfo run) throws Exception {
        Random random = new Random(run.getCurrentRepetition());
        String key = text(random, 1 + random.nextInt(6));
        String value = text(random, random.nextInt(12)).trim();

        OperatorFile file = new OperatorFile("before=1\n").with(key, value).with("after", "2");

        assertThat(file.values()).as("seed %s", run.getCurrentRepetition()).containsEntry(key, value);
        assertThat(file.values()).containsEntry("after", "2");
    }

    private static String text(Random random, int length) {
        String alphabet = "ab =:#!\\\n\tü€\"";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
