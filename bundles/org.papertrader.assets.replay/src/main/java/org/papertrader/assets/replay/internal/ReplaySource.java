package org.papertrader.assets.replay.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

/**
 * Recorded bars as a source. Only bars that ended by the asked time are ever returned, and their values are those of
 * the files. Made by {@link ReplayComponent} when the data is loaded.
 */
final class ReplaySource implements AssetSource {
    private static final int SYMBOLS_PER_CALL_MAX = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BarLibrary library;
    private final Capabilities capabilities;
    private final List<AssetListing> listings;

    ReplaySource(BarLibrary library) {
        this.library = library;
        Set<Resolution> resolutions =
                library.hasMinutes() ? Set.of(Resolution.DAY, Resolution.MINUTE) : Set.of(Resolution.DAY);
        this.capabilities = new Capabilities(
                "replay",
                resolutions,
                SYMBOLS_PER_CALL_MAX,
                TIMEOUT,
                List.of(),
                library.range(),
                library.fingerprint());
        this.listings = List.copyOf(library.listings());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public List<AssetListing> list() {
        return listings;
    }

    @Override
    public List<SymbolResult> latest(Set<Symbol> symbols, Instant asOf) {
        return symbols.stream().map(symbol -> latest(symbol, asOf)).toList();
    }

    private SymbolResult latest(Symbol symbol, Instant asOf) {
        if (!library.contains(symbol)) {
            return unknown(symbol);
        }
        Bar day = latest(symbol, Resolution.DAY, asOf);
        Bar minute = latest(symbol, Resolution.MINUTE, asOf);
        Bar bar = day == null || (minute != null && minute.end().isAfter(day.end())) ? minute : day;
        return bar == null
                ? new Failed(symbol, Fault.EMPTY, "no data before " + asOf, null)
                : new Bars(symbol, List.of(bar), isOpen(symbol, asOf));
    }

    private @Nullable Bar latest(Symbol symbol, Resolution resolution, Instant asOf) {
        BarColumns bars = library.bars(symbol, resolution);
        return bars == null ? null : bars.latest(asOf);
    }

    @Override
    public SymbolResult bars(BarRequest request) {
        Symbol symbol = request.symbol();
        if (!library.contains(symbol)) {
            return unknown(symbol);
        }
        BarColumns bars = library.bars(symbol, request.resolution());
        List<Bar> found = bars == null ? List.of() : bars.range(request.after(), request.until());
        return new Bars(symbol, found, isOpen(symbol, request.until()));
    }

    /** False after the asset's last bar. */
    private boolean isOpen(Symbol symbol, Instant asOf) {
        return isBeforeEnd(library.bars(symbol, Resolution.DAY), asOf)
                || isBeforeEnd(library.bars(symbol, Resolution.MINUTE), asOf);
    }

    private static boolean isBeforeEnd(@Nullable BarColumns bars, Instant asOf) {
        return bars != null && bars.size() > 0 && !asOf.isAfter(bars.lastEnd());
    }

    private static SymbolResult unknown(Symbol symbol) {
        return new Failed(symbol, Fault.UNKNOWN_SYMBOL, "not in the data", null);
    }
}
