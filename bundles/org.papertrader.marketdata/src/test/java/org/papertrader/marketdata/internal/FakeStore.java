package org.papertrader.marketdata.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.StorageException;

/** A store in memory that can be switched off. It drops one bar a call. */
final class FakeStore implements MarketStore {
    final Map<String, String> states = new ConcurrentHashMap<>();
    final Map<Symbol, Asset> currents = new ConcurrentHashMap<>();
    final Map<BarKey, StoredBar> bars = new ConcurrentHashMap<>();
    final Map<Symbol, StoredListing> listings = new ConcurrentHashMap<>();
    volatile boolean down;
    /** Runs after each bar that is dropped. */
    volatile Runnable onDrop = () -> {};

    private static BarKey key(StoredBar bar) {
        return new BarKey(bar.symbol(), bar.resolution(), bar.bar().end());
    }

    private void check() {
        if (down) {
            throw new StorageException("switched off", new IllegalStateException());
        }
    }

    @Override
    public void putListings(List<StoredListing> added) {
        check();
        added.forEach(listing -> listings.put(listing.symbol(), listing));
    }

    @Override
    public List<StoredListing> listings() {
        check();
        return listings.values().stream()
                .sorted(Comparator.comparing(StoredListing::symbol))
                .toList();
    }

    @Override
    public void putBars(List<StoredBar> added) {
        check();
        if (added.size() > 10_000) {
            throw new IllegalArgumentException("too many at once");
        }
        added.forEach(bar -> bars.put(key(bar), bar));
    }

    @Override
    public List<Bar> bars(BarRange range, int limit) {
        check();
        List<Bar> found = bars.values().stream()
                .filter(bar -> bar.symbol().equals(range.symbol()) && bar.resolution() == range.resolution())
                .map(StoredBar::bar)
                .filter(bar -> bar.end().isAfter(range.after()) && !bar.end().isAfter(range.until()))
                .sorted(Comparator.comparing(Bar::end))
                .toList();
        return found.subList(Math.max(0, found.size() - limit), found.size());
    }

    @Override
    public Optional<Instant> lastEnd(Symbol symbol, BarResolution resolution) {
        check();
        return bars.keySet().stream()
                .filter(key -> key.symbol().equals(symbol) && key.resolution() == resolution)
                .map(BarKey::end)
                .max(Comparator.naturalOrder());
    }

    @Override
    public List<Asset> current() {
        check();
        return List.copyOf(currents.values());
    }

    @Override
    public void putCurrent(List<Asset> assets) {
        check();
        assets.forEach(asset -> currents.put(asset.symbol(), asset));
    }

    @Override
    public Optional<BarKey> dropValues(String source, @Nullable BarKey after) {
        check();
        currents.values().removeIf(asset -> asset.source().equals(source));
        Optional<StoredBar> first = bars.values().stream()
                .filter(bar -> bar.source().equals(source))
                .findFirst();
        first.ifPresent(bar -> {
            bars.values().remove(bar);
            onDrop.run();
        });
        return first.map(FakeStore::key);
    }

    @Override
    public void dropStates(String prefix) {
        check();
        states.keySet().removeIf(key -> key.startsWith(prefix));
    }

    @Override
    public Optional<String> state(String key) {
        check();
        return Optional.ofNullable(states.get(key));
    }

    @Override
    public void putState(String key, String value) {
        check();
        if (value.length() > 4_000) {
            throw new IllegalArgumentException("too long");
        }
        states.put(key, value);
    }
}
