package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore.StoredListing;

@Tag("VAR-1")
class SymbolSelectionTest {
    private static final Symbol A = new Symbol("A");
    private static final Symbol B = new Symbol("B");
    private static final Symbol C = new Symbol("C");

    private final Universe universe = new Universe();

    @TempDir
    Path folder;

    @Test
    void aStarTakesAllThatTheSourcesList() {
        list("one", A, B);
        list("two", B, C);
        update("*");
        assertThat(universe.wanted()).containsExactly(A, B, C);
        assertThat(universe.listing(B).source())
                .as("named by the preferred source")
                .isEqualTo("one");
        assertThat(universe.mayHave("one", C)).isFalse();
        assertThat(universe.mayHave("never.asked", C)).isTrue();
    }

    @Test
    void aListTakesOnlyWhatItNamesEvenIfNobodyListsIt() {
        list("one", A, B);
        update("b, NEW");
        assertThat(universe.wanted()).containsExactly(B, new Symbol("NEW"));
        assertThat(universe.contains(A)).isFalse();
        assertThat(universe.mayHave("one", new Symbol("NEW"))).isTrue();
    }

    @Test
    void aFileIsReadAgainWhenItChanges() throws IOException {
        Path file = folder.resolve("symbols.txt");
        Files.writeString(file, "# mine\nA, c # two\n\n");
        list("one", A, B, C);
        update("@" + file);
        assertThat(universe.wanted()).containsExactly(A, C);
        Files.writeString(file, "B\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        update("@" + file);
        assertThat(universe.wanted()).containsExactly(B);
        Files.delete(file);
        update("@" + file);
        assertThat(universe.wanted()).as("the last readable ones stay").containsExactly(B);
    }

    @Test
    void whatIsNoSymbolIsRefused() {
        assertThatThrownBy(() -> SymbolSelection.parse(List.of("A", "not a symbol!")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void list(String source, Symbol... symbols) {
        universe.putListings(
                source,
                List.of(symbols).stream()
                        .map(symbol -> new StoredListing(symbol, symbol.value(), "equity", source))
                        .toList());
    }

    private void update(String... entries) {
        universe.update(SymbolSelection.parse(List.of(entries)), List.of("one", "two"));
    }
}
