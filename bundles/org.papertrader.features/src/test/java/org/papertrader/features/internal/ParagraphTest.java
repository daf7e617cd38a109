package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParagraphTest {

    @Test
    void breaksBetweenWordsAndGoesOnBelow() {
        StringBuilder text = new StringBuilder("before\n");
        Paragraph.append(text, "key = ", "one two three,four,five six", 20);
        assertThat(text.toString()).isEqualTo("before\nkey = one two three,\n      four,five six\n");
    }

    @Test
    void aWordThatIsTooLongStaysWhole() {
        StringBuilder text = new StringBuilder();
        Paragraph.append(text, "key = ", "x".repeat(30), 20);
        assertThat(text.toString()).isEqualTo("key = " + "x".repeat(30) + "\n");
    }
}
