package org.papertrader.shell.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, sheets, JSON, and what was typed. */
@Tag("CARD-9")
class ListingTest {
    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.123Z");

    private static Facts row(String name, Object value) {
        return new Facts().add("name", name).add("value", value).more("at", TIME);
    }

    @Test
    void aTableIsAlignedFitsIn80ColumnsAndCutsOnlyWhatMayBeCut() {
        Listing listing = new Listing(
                "things",
                List.of(row("x".repeat(100), "y".repeat(40)), row("b", null)),
                Set.of("name"),
                new Facts(),
                "2 things\n");

        List<String> lines = listing.text(false).lines().toList();

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.get(1)).isEqualTo("x".repeat(38) + "~ " + "y".repeat(40));
        assertThat(lines.get(0).indexOf("value")).isEqualTo(40);
        assertThat(lines.get(2)).isEqualTo("b" + " ".repeat(39) + "-");
        assertThat(lines.get(3)).isEqualTo("2 things");
    }

    @Test
    void jsonHasEverythingARowALine() {
        Listing listing = new Listing(
                "things",
                List.of(row("a \"b\" \\ \u0001", 5), row("c", List.of(true, Duration.ofMillis(1_500)))),
                Set.of(),
                new Facts().add("all", 2),
                "");

        assertThat(listing.text(true)).isEqualTo("""
                {"all":2,"things":[
                 {"name":"a \\"b\\" \\\\ \\u0001","value":5,"at":"2026-03-04T05:06:07.123Z"},
                 {"name":"c","value":[true,1.5],"at":"2026-03-04T05:06:07.123Z"}]}
                """);
        assertThat(new Listing("things", List.of(), Set.of(), new Facts(), "none\n").text(true))
                .isEqualTo("{\"things\":[\n ]}\n");
    }

    @Test
    void aSheetHasALineForEachFactWithoutWhatMovesACursor() {
        Facts facts = new Facts()
                .add("name", "ann\u001b[2J\r\n\u202e")
                .add("empty", "")
                .add("isOpen", false)
                .more("at", TIME)
                .add("parts", List.of(row("a", 1), row("b", Duration.ofHours(3))));

        assertThat(facts.text(false)).isEqualTo("""
                name   ann?[2J???
                empty  -
                isOpen no
                at     2026-03-04 05:06:07
                parts  name a, value 1, at 2026-03-04 05:06:07
                parts  name b, value 3h, at 2026-03-04 05:06:07
                """);
    }

    @ParameterizedTest
    @CsvSource({"-5, 0s", "119, 119s", "120, 2m", "7199, 119m", "7200, 2h", "172799, 47h", "172800, 2d"})
    void agesAreShort(long seconds, String shown) {
        assertThat(Words.age(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1#1",
                "12345678#12345678",
                "1234 678#1234 678",
                "1234 6789#1234|6789",
                "12345678 0#12345678|0",
                "1,2,3,4,5,6#1,2,3,4,|5,6",
                "1234567,9#1234567,|9",
                "1234, 789#1234,|789",
                "12345678901234567#12345678|90123456|7"
            })
    void longTextIsFoldedWhereItCanBe(String text, String lines) {
        assertThat(Words.folded(text, 8)).containsExactly(lines.split("\\|", -1));
    }

    @Test
    void whatWasTypedIsCheckedAndAFailureIsItsLine() {
        assertThat(Typed.one(new String[] {"a"}, "x:y NAME")).isEqualTo("a");
        assertThat(Typed.atMostOne(new String[0], "x:y [NAME]")).isEmpty();
        assertThatCode(() -> Typed.none(new String[0], "x:y")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Typed.none(new String[] {"a"}, "x:y")).hasToString("usage: x:y");
        assertThatThrownBy(() -> Typed.one(new String[0], "x:y NAME")).hasToString("usage: x:y NAME");
        assertThatThrownBy(() -> Typed.one(new String[] {"a", "b"}, "x:y NAME")).hasToString("usage: x:y NAME");
        assertThatThrownBy(() -> Typed.one(new String[] {"--al\u001bl"}, "x:y NAME"))
                .hasToString("there is no option --al?l; usage: x:y NAME");
        assertThat(Typed.number("7", 7)).isEqualTo(7);
        for (String wrong : List.of("0", "8", "x", "", "-1", "99999999999")) {
            assertThatThrownBy(() -> Typed.number(wrong, 7)).hasToString("'" + wrong + "' is no number from 1 to 7");
        }
        assertThatCode(() -> Typed.confirmed(true, "this ends it")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Typed.confirmed(false, "this ends it"))
                .hasToString("this ends it; add --yes to do it");
    }
}
