package org.papertrader.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

/** Every market value that the master has seen. Blocking, thread-safe. */
@ProviderType
public interface MarketStore {
    /** Adds or replaces listed assets. */
    void putListings(List<StoredListing> listings);

    /** All listed assets, by symbol. */
    List<StoredListing> listings();

    /**
     * Adds bars; one of the same symbol, resolution and end replaces the earlier. At most 10,000 a call. A failure or a
     * crash may leave the first ones stored: by symbol, resolution, and time.
     */
    void putBars(List<StoredBar> bars);

    /**
     * Bars whose end is after {@code after} and not after {@code until}, oldest first; when there are more than
     * {@code limit}, the newest of them.
     */
    List<Bar> bars(BarRange range, int limit);

    /** The end of the newest stored bar, for asking a source for the missing tail only. */
    Optional<Instant> lastEnd(Symbol symbol, BarResolution resolution);

    /** The latest value of every asset as last stored by {@link #putCurrent}. */
    List<Asset> current();

    /** Replaces the latest values of these assets. */
    void putCurrent(List<Asset> assets);

    /**
     * Drops what came from a source: first all its latest values, then its bars, at most 1,000 a call, in the order of their
     * keys. To be called again with what it answered until that is empty; whoever breaks off begins anew.
     *
     * @param after what the call before answered, null at first
     * @return up to where nothing of the source is left; empty when that is everywhere
     */
    Optional<BarKey> dropValues(String source, @Nullable BarKey after);

    /** Reads a small named text, for example the market clock's anchor; empty when never written. */
    Optional<String> state(String key);

    /** Writes a small named text, at most 4,000 characters. */
    void putState(String key, String value);

    /** Drops every named text whose name begins so. */
    void dropStates(String prefix);

    /** How long a stored bar's period is. */
    enum BarResolution {
        /** A value as it was retrieved at an update interval. */
        INTERVAL,
        /** Within a day: a minute, or longer where the source has none of one minute. */
        MINUTE,
        /** One day. */
        DAY
    }

    /** Names a bar; in the order of symbol, resolution, and end. */
    record BarKey(Symbol symbol, BarResolution resolution, Instant end) {}

    /** Which bars. */
    record BarRange(Symbol symbol, BarResolution resolution, Instant after, Instant until) {}

    /** A bar to store. */
    record StoredBar(Symbol symbol, BarResolution resolution, Bar bar, String source) {}

    /** A listed asset. */
    record StoredListing(Symbol symbol, String name, String assetClass, String source) {}
}
