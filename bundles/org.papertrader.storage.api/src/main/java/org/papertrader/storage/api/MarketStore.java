package org.papertrader.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Drops every bar and latest value that came from a source. */
    void dropValues(String source);

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

    /** Which bars. */
    record BarRange(Symbol symbol, BarResolution resolution, Instant after, Instant until) {}

    /** A bar to store. */
    record StoredBar(Symbol symbol, BarResolution resolution, Bar bar, String source) {}

    /** A listed asset. */
    record StoredListing(Symbol symbol, String name, String assetClass, String source) {}
}
