package org.papertrader.marketdata.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.StorageException;

/** A store in memory that can be switched off. */
final class FakeStore implements MarketStore {
    private record BarKey(Symbol symbol, BarResolution resolution, Instant end) {}

    final Map<String, String> states = new ConcurrentHashMap<>();
    final Map<Symbol, Asset> currents = new ConcurrentHashMap<>();
    final Map<BarKey, StoredBar> bars = new ConcurrentHashMap<>();
    final Map<Symbol, StoredListing> listings = new ConcurrentHashMap<>();
    volatile boolean down;

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
        added.forEach(bar ->
                bars.put(new BarKey(bar.symbol(), bar.resolution(), bar.bar().end()), bar));
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
    public void dropValues(String source) {
        check();
        bars.values().removeIf(bar -> bar.source().equals(source));
        currents.values().removeIf(asset -> asset.source().equals(source));
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
