package org.papertrader.assets.simulated.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Simulated assets as a source of the present; it answers for any other time as well. Thread-safe. */
final class SimulatedSource implements AssetSource {
    private final Capabilities capabilities;
    private final Map<Symbol, SimulatedAsset> assets = new LinkedHashMap<>();

    SimulatedSource(long seed, List<Symbol> symbols) {
        capabilities = new Capabilities(
                "simulated",
                Set.of(Resolution.DAY, Resolution.MINUTE),
                1_000,
                Duration.ofSeconds(10),
                List.of(),
                null,
                "seed " + seed);
        Factor market = new Factor(new Noise(seed, "the market"));
        symbols.forEach(symbol -> assets.put(symbol, new SimulatedAsset(new Noise(seed, symbol.value()), market)));
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<AssetListing> list() {
        return assets.keySet().stream()
                .map(symbol -> new AssetListing(symbol, "Simulated " + symbol, "equity"))
                .toList();
    }

    @Override
    public List<SymbolResult> latest(Set<Symbol> symbols, Instant asOf) {
        return symbols.stream().map(symbol -> latest(symbol, asOf)).toList();
    }

    private SymbolResult latest(Symbol symbol, Instant asOf) {
        SimulatedAsset asset = assets.get(symbol);
        if (asset == null) {
            return unknown(symbol);
        }
        int session = Calendar.sessionAt(asOf);
        int ended = endedMinutes(session, asOf);
        if (ended == 0) {
            session--;
            ended = Calendar.MINUTES;
        }
        return session < 0
                ? new Failed(symbol, Fault.EMPTY, "the simulation begins later", null)
                : new Bars(symbol, List.of(asset.minute(session, ended - 1)), isOpen(asOf));
    }

    @Override
    public SymbolResult bars(BarRequest request) {
        SimulatedAsset asset = assets.get(request.symbol());
        if (asset == null) {
            return unknown(request.symbol());
        }
        List<Bar> bars = new ArrayList<>();
        int last = Calendar.sessionAt(request.until());
        for (int session = Math.max(0, Calendar.sessionAt(request.after())); session <= last; session++) {
            if (request.resolution() == Resolution.DAY) {
                addDay(asset, session, request, bars);
            } else {
                addMinutes(asset, session, request, bars);
            }
        }
        return new Bars(request.symbol(), bars, isOpen(request.until()));
    }

    private static void addDay(SimulatedAsset asset, int session, BarRequest request, List<Bar> bars) {
        Instant end = Calendar.close(session);
        if (end.isAfter(request.after()) && !end.isAfter(request.until())) {
            bars.add(asset.minutes(session).day(session));
        }
    }

    private static void addMinutes(SimulatedAsset asset, int session, BarRequest request, List<Bar> bars) {
        int first = endedMinutes(session, request.after());
        int end = endedMinutes(session, request.until());
        if (first >= end) {
            return;
        }
        SimulatedAsset.Minutes minutes = asset.minutes(session);
        for (int i = first; i < end; i++) {
            Instant start = Calendar.open(session).plusSeconds(60L * i);
            bars.add(minutes.bar(i, start, start.plusSeconds(60)));
        }
    }

    /** How many minutes of the session have ended by then. */
    private static int endedMinutes(int session, Instant asOf) {
        if (session < 0 || asOf.isBefore(Calendar.open(session))) {
            return 0;
        }
        if (!asOf.isBefore(Calendar.close(session))) {
            return Calendar.MINUTES;
        }
        return (int) Duration.between(Calendar.open(session), asOf).toMinutes();
    }

    private static boolean isOpen(Instant asOf) {
        int session = Calendar.sessionAt(asOf);
        return session >= 0 && asOf.isBefore(Calendar.close(session));
    }

    private static SymbolResult unknown(Symbol symbol) {
        return new Failed(symbol, Fault.UNKNOWN_SYMBOL, "not simulated", null);
    }
}
