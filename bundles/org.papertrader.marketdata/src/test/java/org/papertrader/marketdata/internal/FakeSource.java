package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.BarRequest;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.assets.api.SymbolResult.Bars;
import org.papertrader.assets.api.SymbolResult.Failed;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

/** A source whose bars, faults and limits a test chooses; it counts what it is asked. */
class FakeSource implements AssetSource {
    final Map<Symbol, List<Bar>> days = new TreeMap<>();
    final Map<Symbol, List<Bar>> minutes = new TreeMap<>();
    final Map<Symbol, Fault> faults = new ConcurrentHashMap<>();
    final List<Set<Symbol>> latestCalls = new CopyOnWriteArrayList<>();
    final List<BarRequest> barCalls = new CopyOnWriteArrayList<>();
    volatile Runnable onLatest = () -> {};
    volatile Runnable onBars = () -> {};
    volatile boolean open = true;
    volatile Capabilities capabilities;

    FakeSource(String id) {
        capabilities = new Capabilities(id, Set.of(Resolution.DAY), 100, Duration.ofSeconds(2), List.of(), null, "");
    }

    FakeSource replay(Instant first, Instant last) {
        capabilities = new Capabilities(
                capabilities.id(),
                capabilities.resolutions(),
                100,
                Duration.ofSeconds(2),
                capabilities.quotas(),
                new Capabilities.ReplayRange(first, last),
                capabilities.dataset());
        return this;
    }

    FakeSource limited(int symbolsPerCall, Capabilities.Quota... quotas) {
        capabilities = new Capabilities(
                capabilities.id(),
                capabilities.resolutions(),
                symbolsPerCall,
                Duration.ofSeconds(2),
                List.of(quotas),
                capabilities.replay(),
                capabilities.dataset());
        return this;
    }

    FakeSource withMinutes() {
        capabilities = new Capabilities(
                capabilities.id(),
                Set.of(Resolution.DAY, Resolution.MINUTE),
                100,
                Duration.ofSeconds(2),
                capabilities.quotas(),
                capabilities.replay(),
                capabilities.dataset());
        return this;
    }

    FakeSource within(Duration timeout) {
        capabilities = new Capabilities(
                capabilities.id(),
                capabilities.resolutions(),
                capabilities.symbolsPerCallMax(),
                timeout,
                capabilities.quotas(),
                capabilities.replay(),
                capabilities.dataset());
        return this;
    }

    FakeSource dataset(String name) {
        capabilities = new Capabilities(
                capabilities.id(),
                capabilities.resolutions(),
                100,
                Duration.ofSeconds(2),
                capabilities.quotas(),
                capabilities.replay(),
                name);
        return this;
    }

    FakeSource add(Symbol symbol, Bar... bars) {
        List<Bar> all = new ArrayList<>(days.getOrDefault(symbol, List.of()));
        all.addAll(List.of(bars));
        all.sort(Comparator.comparing(Bar::end));
        days.put(symbol, List.copyOf(all));
        return this;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<AssetListing> list() {
        return days.keySet().stream()
                .map(symbol -> new AssetListing(symbol, symbol + " Inc.", "equity"))
                .toList();
    }

    @Override
    public List<SymbolResult> latest(Set<Symbol> symbols, Instant asOf) {
        latestCalls.add(symbols);
        onLatest.run();
        return symbols.stream().map(symbol -> latest(symbol, asOf)).toList();
    }

    private SymbolResult latest(Symbol symbol, Instant asOf) {
        Fault fault = faults.get(symbol);
        if (fault != null) {
            return new Failed(symbol, fault, "made up", null);
        }
        if (!days.containsKey(symbol)) {
            return new Failed(symbol, Fault.UNKNOWN_SYMBOL, "not here", null);
        }
        List<Bar> all = new ArrayList<>(days.get(symbol));
        all.addAll(minutes.getOrDefault(symbol, List.of()));
        return all.stream()
                .filter(bar -> !bar.end().isAfter(asOf))
                .max(Comparator.comparing(Bar::end))
                .<SymbolResult>map(bar -> new Bars(symbol, List.of(bar), open))
                .orElseGet(() -> new Failed(symbol, Fault.EMPTY, "nothing yet", null));
    }

    @Override
    public SymbolResult bars(BarRequest request) {
        barCalls.add(request);
        onBars.run();
        Fault fault = faults.get(request.symbol());
        if (fault != null) {
            return new Failed(request.symbol(), fault, "made up", null);
        }
        List<Bar> all =
                (request.resolution() == Resolution.DAY ? days : minutes).getOrDefault(request.symbol(), List.of());
        return new Bars(
                request.symbol(),
                all.stream()
                        .filter(bar ->
                                bar.end().isAfter(request.after()) && !bar.end().isAfter(request.until()))
                        .toList(),
                open);
    }
}
