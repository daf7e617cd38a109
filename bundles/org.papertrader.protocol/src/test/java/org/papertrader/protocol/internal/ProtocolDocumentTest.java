package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;

/** docs/protocol.md says what the code does: numbers, reasons, limits and bytes. */
@Tag("PRO-3")
@Tag("PRO-8")
class ProtocolDocumentTest {
    private static String document;

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(Path.of("../../docs/protocol.md"));
    }

    @Test
    void theTablesNameEveryInstructionWithItsNumber() {
        assertThat(new TreeSet<>(matches("(?m)^\\| (\\d+) \\| `([^`]+)` \\|", 2)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Instruction.values())
                        .map(instruction -> instruction.number() + " " + instruction.text())
                        .toList());
    }

    @Test
    void theTablesOfRequestsSayWhatTheCodeChecks() {
        List<String> expected = new ArrayList<>();
        for (Instruction instruction : Instruction.values()) {
            if (instruction.number() < 100) {
                boolean both = instruction.isAllowedIn(org.papertrader.protocol.api.ConnectionState.DATA_TRANSFER);
                expected.add(instruction.number() + " " + (instruction.needsSession() ? "yes" : "no") + " "
                        + (both ? "both" : "command"));
            }
        }
        assertThat(matches("(?m)^\\| (\\d+) \\| `[^`]+` \\| (yes|no) \\| (both|command) \\|", 3))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void theTablesOfArgumentsHaveTheirCounts() {
        Pattern row =
                Pattern.compile("(?m)^\\| (\\d+) \\| `[^`]+` \\| (?:(?:yes|no) \\| (?:both|command) \\| )?([^|]*)\\|");
        row.matcher(document).results().forEach(match -> {
            Instruction instruction =
                    Instruction.ofNumber(Integer.parseInt(match.group(1))).orElseThrow();
            boolean isList = instruction.argumentsMax() == ProtocolLimits.RETURN_ARGUMENTS_MAX;
            boolean isNotice = instruction.number() >= 250;
            if (!isList && !isNotice) {
                String arguments = match.group(2).trim();
                int max = arguments.isEmpty() ? 0 : arguments.split(" ").length;
                int min = max - (int) arguments.chars().filter(c -> c == '[').count();
                assertThat(List.of(min, max))
                        .as(match.group())
                        .containsExactly(instruction.argumentsMin(), instruction.argumentsMax());
            }
        });
    }

    @Test
    void theTableOfReasonsIsThatOfTheCode() {
        String section = document.substring(document.indexOf("## 13 Reasons"), document.indexOf("## 14 Limits"));
        List<String> rows = results("(?m)^\\| `([^`]+)` \\| (.+) \\|$", section, 2);

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ReasonCode.values())
                        .map(reason -> reason.code() + " " + reason.meaning())
                        .toList());
    }

    @Test
    void theTableOfLimitsIsThatOfTheCode() throws IllegalAccessException {
        List<String> expected = new ArrayList<>();
        for (Field field : ProtocolLimits.class.getFields()) {
            Object value = field.get(null);
            expected.add(field.getName() + " " + (value instanceof Duration time ? time.toMillis() : value));
        }
        assertThat(matches("(?m)^\\| `([A-Z_]+)` \\| (\\d+) \\|", 2)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyFrameInHexadecimalIsAGoldenOne() {
        List<MatchResult> quoted = Pattern.compile("`wire/([^`]+)\\.hex`\n\n```text\n([^`]+)```")
                .matcher(document)
                .results()
                .toList();

        assertThat(quoted).hasSizeGreaterThan(50);
        for (MatchResult quote : quoted) {
            assertThat(Wire.parse(quote.group(2).lines())).as(quote.group(1)).isEqualTo(Wire.bytes(quote.group(1)));
        }
    }

    @Test
    void theVectorsOfHashedPassAreThoseOfTheTests() throws IOException {
        List<String> vectors = Files.readAllLines(Wire.FOLDER.resolve("hashedPass.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        for (String vector : vectors) {
            String[] fields = vector.split("\\|");
            assertThat(document)
                    .contains("`" + fields[0] + "` | `" + fields[1] + "` |")
                    .contains("`" + fields[3] + "` | `" + fields[4] + "` | `" + fields[5] + "` |");
        }
    }

    private static List<String> matches(String pattern, int groups) {
        return results(pattern, document, groups);
    }

    private static List<String> results(String pattern, String text, int groups) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> java.util.stream.IntStream.rangeClosed(1, groups)
                        .mapToObj(match::group)
                        .collect(Collectors.joining(" ")))
                .toList();
    }
}
