package org.papertrader.marketdata.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore.StoredListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which assets there are: those of VAR-1, named as the sources list them. One thread changes it; any may read, and sees
 * one consistent state.
 */
final class Universe {
    private static final Logger LOG = LoggerFactory.getLogger(Universe.class);

    private final Map<String, Map<Symbol, StoredListing>> bySource = new LinkedHashMap<>();
    private final Map<Path, FileTime> fileTimes = new HashMap<>();
    private final Map<Path, Set<Symbol>> fileSymbols = new HashMap<>();
    private volatile State state = new State(Collections.emptyNavigableMap(), Set.of(), Map.of());

    private record State(
            NavigableMap<Symbol, StoredListing> assets, Set<Symbol> named, Map<String, Set<Symbol>> listed) {}

    /** Replaces what a source lists. */
    void putListings(String source, Collection<StoredListing> listings) {
        Map<Symbol, StoredListing> listed = new HashMap<>();
        listings.forEach(listing -> listed.put(listing.symbol(), listing));
        bySource.put(source, Map.copyOf(listed));
    }

    /** Computes the assets anew: {@code order} names sources, the preferred first. */
    void update(SymbolSelection selection, List<String> order) {
        Set<Symbol> named = new LinkedHashSet<>(selection.named());
        selection.files().forEach(file -> named.addAll(symbols(file)));
        NavigableMap<Symbol, StoredListing> assets = new TreeMap<>();
        Stream<String> rest = bySource.keySet().stream().filter(source -> !order.contains(source));
        Stream.concat(order.stream(), rest)
                .forEach(source -> bySource.getOrDefault(source, Map.of()).forEach((symbol, listing) -> {
                    if (selection.all() || named.contains(symbol)) {
                        assets.putIfAbsent(symbol, listing);
                    }
                }));
        named.forEach(symbol -> assets.putIfAbsent(symbol, new StoredListing(symbol, symbol.value(), "other", "")));
        Map<String, Set<Symbol>> listed = new HashMap<>();
        bySource.forEach((source, listings) -> listed.put(source, listings.keySet()));
        state = new State(Collections.unmodifiableNavigableMap(assets), Set.copyOf(named), Map.copyOf(listed));
    }

    /** All assets to retrieve. */
    Set<Symbol> wanted() {
        return state.assets().keySet();
    }

    boolean contains(Symbol symbol) {
        return state.assets().containsKey(symbol);
    }

    /** What is listed of a symbol, or null. */
    @Nullable
    StoredListing listing(Symbol symbol) {
        return state.assets().get(symbol);
    }

    /** Assets after a symbol, in order; all of them for null. */
    Collection<StoredListing> after(@Nullable Symbol symbol) {
        NavigableMap<Symbol, StoredListing> assets = state.assets();
        return (symbol == null ? assets : assets.tailMap(symbol, false)).values();
    }

    /** False when a source lists other assets than this one, and nobody asked for it by name. */
    boolean mayHave(String source, Symbol symbol) {
        State now = state;
        Set<Symbol> listed = now.listed().get(source);
        return listed == null || listed.contains(symbol) || now.named().contains(symbol);
    }

    /** How many assets a source lists. */
    int listed(String source) {
        return state.listed().getOrDefault(source, Set.of()).size();
    }

    boolean hasListing(String source) {
        return state.listed().containsKey(source);
    }

    /** The symbols of a file, read again when it changed; the last readable ones when it cannot be read. */
    private Set<Symbol> symbols(Path file) {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(fileTimes.get(file))) {
                fileTimes.put(file, time);
                Set<Symbol> symbols = new LinkedHashSet<>();
                for (String line : Files.readAllLines(file)) {
                    symbols.addAll(SymbolSelection.symbols(line));
                }
                fileSymbols.put(file, symbols);
                LOG.info("{} symbols read from {}", symbols.size(), file);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("symbols cannot be read from {}: {}", file, e.toString());
        }
        return fileSymbols.getOrDefault(file, Set.of());
    }
}
