package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

class LineFormatTest {

    @Test
    @Tag("DS-5")
    @Tag("MST-16")
    void oneLineWithTimePlaceAndMessage() {
        assertThat(LineFormat.format(entry("hello", "")))
                .isEqualTo("2026-03-04T05:06:07.000Z INFO  [main] a.Logger {a.bundle} B.run(B.java:12) - hello\n");
    }

    @Test
    void nothingThatIsLoggedStartsALineOfItsOwn() {
        String forged = "x\r\n2026-03-04T05:06:07.000Z ERROR [main] forged\u2028\u0085\u001b[2J\u202e\u0000";
        String text = LineFormat.format(entry(forged, ""));
        assertThat(text.lines()).hasSize(1);
        assertThat(text).contains("x\\r\\n2026").contains("\\u2028\\u0085\\u001b[2J\\u202e\\u0000");
    }

    @Test
    void namesAreEscapedToo() {
        CapturedEntry entry = new CapturedEntry(
                Instant.EPOCH, Level.ERROR, "l\n", "t\n", new Origin("b\n", "f\n", "m\n", 1), "m", "");
        assertThat(LineFormat.format(entry).lines()).hasSize(1);
    }

    @Test
    void stackTracesAreIndented() {
        String text = LineFormat.format(entry("m", "java.lang.X: a\nforged\r\n\tat b.C.d(C.java:3)"));
        assertThat(text.lines().skip(1))
                .containsExactly("    java.lang.X: a", "    forged", "        at b.C.d(C.java:3)");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(LineFormat.format(entry("Ünïcödé 株 😀 back\\slash", ""))).contains("Ünïcödé 株 😀 back\\slash");
    }

    @Test
    void theLongestEntryFitsIntoTheSmallestFile() {
        String name = "\u0001".repeat(CapturedEntry.NAME_CHARS_MAX);
        CapturedEntry worst = new CapturedEntry(
                Instant.EPOCH,
                Level.ERROR,
                name,
                name,
                new Origin(name, name, name, Integer.MAX_VALUE),
                "\u0001".repeat(CapturedEntry.MESSAGE_CHARS_MAX),
                "\u0001\n".repeat(CapturedEntry.STACK_CHARS_MAX / 2));
        assertThat((long) LineFormat.format(worst).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(FileLog.FILE_BYTES_FLOOR);
    }

    private static CapturedEntry entry(String message, String stackTrace) {
        return new CapturedEntry(
                Instant.parse("2026-03-04T05:06:07Z"),
                Level.INFO,
                "a.Logger",
                "main",
                new Origin("a.bundle", "B.java", "B.run", 12),
                message,
                stackTrace);
    }
}
