package org.papertrader.log.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

class TextFormatTest {

    private static final String FORGED = "x\r\n2026-03-04T05:06:07.000Z ERROR [main] forged\u2028\u2029\u0085\u000b\f"
            + "\u001b[2J\u009b31m\u202e\u2066\u200b\ufeff\u0000\u007f\ud800 \udb40\udc41";

    @Test
    @Tag("DS-5")
    @Tag("MST-16")
    void oneLineWithTimePlaceContextAndMessage() {
        assertThat(TextFormat.format(entry("hello", "")))
                .isEqualTo("2026-03-04T05:06:07.000Z INFO  [main] a.Logger {a.bundle} B.run(B.java:12)"
                        + " <request=17 session=1a2b> - hello\n");
    }

    @Test
    @Tag("DS-5")
    @Tag("MST-16")
    void oneJsonObjectALine() {
        assertThat(JsonFormat.format(entry("say \"hi\" \\ there", "x.Y: z\n\tat a.B")))
                .isEqualTo("{\"time\":\"2026-03-04T05:06:07Z\",\"level\":\"INFO\",\"logger\":\"a.Logger\","
                        + "\"thread\":\"main\",\"bundle\":\"a.bundle\",\"file\":\"B.java\",\"function\":\"B.run\","
                        + "\"line\":12,\"context\":{\"request\":\"17\",\"session\":\"1a2b\"},"
                        + "\"message\":\"say \\\"hi\\\" \\\\ there\",\"stack\":\"x.Y: z\\n\\tat a.B\"}\n");
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsLoggedStartsALineOfItsOwnOrMovesACursor(EntryFormat format) {
        CapturedEntry hostile = new CapturedEntry(
                Entries.TIME,
                Level.ERROR,
                FORGED,
                FORGED,
                new Origin(FORGED, FORGED, FORGED, 1),
                new TreeMap<>(Map.of(FORGED, FORGED)),
                FORGED,
                FORGED);
        String text = format.format(hostile);
        List<String> begun =
                text.lines().filter(line -> !line.startsWith("    ")).toList();
        assertThat(begun).hasSize(1);
        assertThat(text.replace("\n", "").codePoints().allMatch(Printable::isSafe))
                .isTrue();
        assertThat(text)
                .contains("\\r\\n2026")
                .contains("\\u2028\\u2029\\u0085\\u000b\\u000c")
                .contains("\\u001b[2J\\u009b31m\\u202e\\u2066\\u200b\\ufeff\\u0000\\u007f\\ud800 \\udb40\\udc41");
        assertThat(read(text)).hasSize(1);
    }

    @Test
    void nothingBeforeTheMessageCanPassForTheMessage() {
        CapturedEntry entry = new CapturedEntry(
                Entries.TIME,
                Level.INFO,
                "l - forged",
                "t] l - forged",
                new Origin("b} - forged", "f:1) - forged", "m(x:1) - forged", 1),
                new TreeMap<>(Map.of("k", "v> - forged")),
                "true",
                "");
        assertThat(read(TextFormat.format(entry)))
                .extracting(CapturedEntry::message)
                .containsExactly("true");
    }

    @Test
    void stackTracesAreIndented() {
        String text = TextFormat.format(entry("m", "java.lang.X: a\nforged\r\n\tat b.C.d(C.java:3)"));
        assertThat(text.lines().skip(1))
                .containsExactly("    java.lang.X: a", "    forged", "        at b.C.d(C.java:3)");
    }

    @Test
    void lettersOfAllLanguagesStay() {
        assertThat(TextFormat.format(entry("Ünïcödé 株 😀 back\\slash", ""))).contains("Ünïcödé 株 😀 back\\slash");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenCanBeReadAgain(EntryFormat format) {
        List<CapturedEntry> entries = List.of(
                entry("one", ""),
                entry("two < - > {x} (a:1)", "java.lang.X: a\n    at b.C.d(C.java:3)"),
                new CapturedEntry(
                        Instant.EPOCH.plusNanos(123_000_000), Level.WARN, "", "", Origin.UNKNOWN, Map.of(), "", ""),
                new CapturedEntry(
                        Instant.EPOCH,
                        Level.TRACE,
                        "l",
                        "t",
                        new Origin("", "A.java", "A.<init>", 3),
                        Map.of(),
                        "株 😀",
                        ""),
                new CapturedEntry(
                        Instant.EPOCH,
                        Level.TRACE,
                        "l",
                        "t",
                        new Origin("b", "A.java", "A.lambda$x$0", 3),
                        Map.of(),
                        "m",
                        ""));
        StringBuilder text = new StringBuilder("middle of a line\n    and its stack\n");
        entries.forEach(entry -> text.append(format.format(entry)));
        assertThat(read(text.toString())).containsExactlyElementsOf(entries);
    }

    @ParameterizedTest
    @EnumSource
    void theLongestEntryFitsIntoTheSmallestFile(EntryFormat format) {
        String name = "\u0001".repeat(CapturedEntry.NAME_CHARS_MAX);
        Map<String, String> context = new TreeMap<>();
        IntStream.range(0, CapturedEntry.CONTEXT_MAX).forEach(i -> context.put(i + name, name));
        CapturedEntry worst = new CapturedEntry(
                Instant.EPOCH,
                Level.ERROR,
                name,
                name,
                new Origin(name, name, name, Integer.MAX_VALUE),
                context,
                "\u0001".repeat(CapturedEntry.MESSAGE_CHARS_MAX),
                "\u0001\n".repeat(CapturedEntry.STACK_CHARS_MAX / 2));
        assertThat((long) format.format(worst).getBytes(StandardCharsets.UTF_8).length)
                .isLessThan(FileLog.FILE_BYTES_FLOOR);
    }

    private static List<CapturedEntry> read(String text) {
        List<CapturedEntry> entries = new ArrayList<>();
        EntryReader reader = new EntryReader(entries::add);
        text.lines().forEach(reader::line);
        reader.end();
        return entries;
    }

    private static CapturedEntry entry(String message, String stackTrace) {
        return Entries.of(Entries.TIME, Level.INFO, message, stackTrace);
    }
}
