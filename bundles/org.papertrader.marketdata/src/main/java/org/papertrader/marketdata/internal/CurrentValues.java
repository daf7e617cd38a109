package org.papertrader.marketdata.internal;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;

/** The latest value of every asset in memory (MST-25). Read by any thread, written by the interval thread. */
final class CurrentValues {
    private final Map<Symbol, Asset> values = new ConcurrentHashMap<>();
    private @Nullable Map<Symbol, Asset> snapshot = Map.of();

    @Nullable
    Asset get(Symbol symbol) {
        return values.get(symbol);
    }

    Collection<Symbol> symbols() {
        return values.keySet();
    }

    /**
     * Takes a retrieved value.
     *
     * @return true when it changed what is known: an older one never does, and of two of one time only a correction by
     *     the same source
     */
    boolean offer(Asset asset) {
        Asset known = values.get(asset.symbol());
        if (known != null && !replaces(known, asset)) {
            return false;
        }
        values.put(asset.symbol(), asset);
        snapshot = null;
        return true;
    }

    private static boolean replaces(Asset known, Asset offered) {
        int order = offered.bar().end().compareTo(known.bar().end());
        boolean corrects = offered.source().equals(known.source()) && !offered.equals(known);
        return order > 0 || (order == 0 && corrects);
    }

    /** All values as they are known at this moment; from any thread. */
    Collection<Asset> all() {
        return Collections.unmodifiableCollection(values.values());
    }

    /** Forgets what came from a source. */
    void forget(String source) {
        values.values().removeIf(asset -> asset.source().equals(source));
        snapshot = null;
    }

    /** All values as they are now, immutable. For the interval thread. */
    Map<Symbol, Asset> snapshot() {
        Map<Symbol, Asset> taken = snapshot;
        if (taken == null) {
            taken = Map.copyOf(values);
            snapshot = taken;
        }
        return taken;
    }
}
