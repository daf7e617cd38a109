package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("CARD-7")
class ChoicesTest {
    private static final Chosen ONE = new Chosen(
            Coordinates.feature("g", "one", "1.0"), "aa", Map.of(Coordinates.parse("g:a:jar:linux:1"), "bb"));
    private static final Chosen TWO = new Chosen(Coordinates.feature("g", "two", "2.0"), "cc", Map.of());

    @TempDir
    Path folder;

    @Test
    void remembersWhatWasChosen() throws Exception {
        Choices choices = new Choices(folder.resolve("sub/chosen"));
        assertThat(choices.read()).isEmpty();
        choices.write(List.of(ONE, TWO));
        assertThat(choices.read()).containsExactly(ONE, TWO);
        choices.write(List.of());
        assertThat(choices.read()).isEmpty();
    }

    @Test
    void refusesWhatItDidNotWrite() throws Exception {
        Path file = Files.writeString(folder.resolve("chosen"), "feature g:one:1.0\n");
        assertThatThrownBy(() -> new Choices(file).read())
                .isInstanceOf(FeatureException.class)
                .hasMessageContaining("not understood: 'feature g:one:1.0'");
    }

    @Test
    void theJournalTellsWhatWasInterrupted() throws Exception {
        Journal journal = new Journal(folder.resolve("journal"));
        assertThat(journal.interrupted()).isEmpty();
        journal.begin("upgrade of one 1.0 to 2.0");
        journal.step("replacing a 1");
        assertThat(journal.interrupted())
                .contains("upgrade of one 1.0 to 2.0 was interrupted after 'replacing a 1'; it is rolled back");
        journal.decided();
        assertThat(journal.interrupted()).get().asString().endsWith("it is in effect");
        journal.end();
        assertThat(journal.interrupted()).isEmpty();
    }

    @Test
    void theStoreKeepsOnlyWhatIsNeeded() throws Exception {
        Store store = new Store(folder.resolve("store"));
        Store.Stored kept = store.put("a.jar", "a".getBytes(StandardCharsets.UTF_8));
        Store.Stored left = store.put("b.jar", "b".getBytes(StandardCharsets.UTF_8));
        assertThat(store.put("a.jar", "a".getBytes(StandardCharsets.UTF_8))).isEqualTo(kept);
        assertThat(kept.file()).hasContent("a");

        store.keepOnly(Set.of(kept.sha256()));

        assertThat(kept.file()).exists();
        assertThat(left.file().getParent()).doesNotExist();
    }
}
