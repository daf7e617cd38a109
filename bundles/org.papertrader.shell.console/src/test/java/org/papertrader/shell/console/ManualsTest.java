package org.papertrader.shell.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("CARD-9")
class ManualsTest {
    private static final String TEXT = """
            # comment
            topic workers: those who serve clients

            worker:show WORKER [--json]
                One worker.
                WORKER  its name
                        or its uuid

                Example: worker:show zurich

            worker:boot WORKER (--yes)
                Takes it off.

            topic log
            log:search [TEXT] [--regex] [--level LEVEL]
                [--limit NUMBER] [--full | --json]
                Looks for entries.
            log:level [LOGGER [LEVEL|reset]] [--json]
                Sets a level.
            it:end ACCOUNT|SESSION... --yes
            it:end all
                Ends.
            """;

    private final Manuals manuals = Manuals.of(List.of(TEXT));

    @Test
    void readsWhatABundleTells() {
        Manual show = manuals.find("worker:show").orElseThrow();
        assertThat(show.topic()).isEqualTo("workers");
        assertThat(show.summary()).isEqualTo("One worker.");
        assertThat(show.text()).isEqualTo("""
                worker:show WORKER [--json]
                  One worker.
                  WORKER  its name
                          or its uuid

                  Example: worker:show zurich
                """);
        assertThat(manuals.topics())
                .containsEntry("workers", "those who serve clients")
                .containsEntry("log", "");
        assertThat(manuals.find("show")).contains(show);
        assertThat(manuals.find("lb")).get().extracting(Manual::name).isEqualTo("felix:lb");
        assertThat(manuals.find("nothing")).isEmpty();
    }

    @Test
    void knowsWhatMayStandWhere() {
        Manual search = manuals.find("log:search").orElseThrow();
        assertThat(search.options()).containsExactly("--full", "--json", "--level", "--limit", "--regex");
        assertThat(search.kindsAfter("--level")).containsExactly("LEVEL");
        assertThat(search.kindsAfter("--regex")).isEmpty();
        assertThat(search.kindsAt(0)).containsExactly("TEXT");
        assertThat(search.kindsAt(1)).isEmpty();
        Manual level = manuals.find("log:level").orElseThrow();
        assertThat(level.kindsAt(0)).containsExactly("LOGGER");
        assertThat(level.kindsAt(1)).containsExactly("LEVEL", "reset");
        Manual end = manuals.find("it:end").orElseThrow();
        assertThat(end.kindsAt(0)).containsExactly("ACCOUNT", "SESSION", "all");
        assertThat(end.kindsAt(7)).containsExactly("ACCOUNT", "SESSION");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop 3",
                "felix:stop 3",
                "lb; uninstall 4",
                "felix:shutdown",
                "worker:boot x",
                "x | stop 0",
                "STOP 1"
            })
    void asksBefore(String line) {
        assertThat(manuals.isUnconfirmed(line)).isTrue();
        assertThat(manuals.isUnconfirmed(line + " --yes")).isFalse();
        assertThat(manuals.plain(line + " --yes")).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lb", "start 3", "it:end x", "it:end x --yes", "echo stop", "worker:show boot"})
    void leavesAlone(String line) {
        assertThat(manuals.isUnconfirmed(line)).isFalse();
        assertThat(manuals.plain(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "stop 3 --yes; it:end x --yes # stop 3; it:end x --yes",
                "it:end x --yes | stop 3 --yes # it:end x --yes | stop 3",
                "each [1 2] { stop $it --yes } # each [1 2] { stop $it }",
                "stop (it:end x --yes) --yes # stop (it:end x --yes)",
                "stop --yes 3;lb # stop 3;lb",
                "x = stop 3 --yes # x = stop 3",
                "echo \"$(stop 3 --yes) --yes\" --yes # echo \"$(stop 3) --yes\" --yes",
                "stop 3 --yes '--yes' # stop 3 '--yes'"
            })
    void yesIsSaidToOneStatement(String line, String plain) {
        assertThat(manuals.isUnconfirmed(line)).isFalse();
        assertThat(manuals.plain(line)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stop 3; it:end x --yes",
                "it:end x --yes; stop 3",
                "stop 3 '; --yes'",
                "stop (lb --yes)",
                "stop 3 --yes; uninstall 4",
                "x = stop 3",
                "'stop' 3",
                "echo \"$(stop 3)\" --yes"
            })
    void yesToAnotherStatementIsNone(String line) {
        assertThat(manuals.isUnconfirmed(line)).isTrue();
    }

    @Test
    void whatStandsInQuotesIsText() {
        assertThat(manuals.isUnconfirmed("echo 'a; stop 3'")).isFalse();
        assertThat(manuals.isUnconfirmed("echo \"a | stop 3\"")).isFalse();
    }

    @Test
    void helpIsAskedForByAnOption() {
        assertThat(manuals.askedBy("worker:show --help")).isPresent();
        assertThat(manuals.askedBy(" stop 3 -h ")).isPresent();
        assertThat(manuals.askedBy("worker:show --help | grep x")).isEmpty();
        assertThat(manuals.askedBy("it:nothing --help")).isEmpty();
    }

    @Test
    void whatFelixBringsFitsATerminal() {
        assertThat(manuals.byName().values()).allSatisfy(manual -> {
            assertThat(manual.text().lines()).as(manual.name()).allMatch(line -> line.length() <= 80);
            assertThat(manual.row(20, 80))
                    .as("cut")
                    .hasSizeLessThanOrEqualTo(80)
                    .doesNotEndWith("...");
        });
    }
}
