package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.storage.api.MarketStore.StoredListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what the sources list, asked once a day and when a source is new (MST-23). Used by the interval thread. */
final class Listings {
    /** Most assets that are taken from one source. */
    static final int LISTED_MAX = 100_000;

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
    private static final Duration REFRESH = Duration.ofDays(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final int STORED_AT_ONCE = 10_000;

    private final Sources sources;
    private final Universe universe;
    private final StoreAccess store;
    private final Clock wall;
    private final Map<String, Instant> askAgain = new HashMap<>();
    private final AtomicBoolean renewed = new AtomicBoolean();

    Listings(Sources sources, Universe universe, StoreAccess store, Clock wall) {
        this.sources = sources;
        this.universe = universe;
        this.store = store;
        this.wall = wall;
    }

    /** Takes over what is stored. */
    void restore(List<StoredListing> stored) {
        stored.stream().collect(Collectors.groupingBy(StoredListing::source)).forEach(universe::putListings);
    }

    /** A source was bound: those without limits are asked again. From any thread. */
    void renewed() {
        renewed.set(true);
    }

    /** Asks the sources that are due. */
    void refresh(List<Capabilities> order) {
        if (renewed.getAndSet(false)) {
            order.stream().filter(source -> source.quotas().isEmpty()).forEach(source -> askAgain.remove(source.id()));
        }
        for (Capabilities source : order) {
            Instant due = askAgain.get(source.id());
            if (due == null || !due.isAfter(wall.instant())) {
                askAgain.put(source.id(), wall.instant().plus(refresh(source) ? REFRESH : RETRY));
            }
        }
    }

    private boolean refresh(Capabilities source) {
        Answer<List<AssetListing>> answer = sources.call(source, AssetSource::list);
        if (!(answer instanceof Answer.Got<List<AssetListing>> got)) {
            return false;
        }
        List<StoredListing> listings = new ArrayList<>();
        for (AssetListing listing : got.value()) {
            stored(listing, source.id()).ifPresent(listings::add);
            if (listings.size() == LISTED_MAX) {
                LOG.warn("{} lists more than {} assets; the rest is left out", source.id(), LISTED_MAX);
                break;
            }
        }
        universe.putListings(source.id(), listings);
        LOG.info("{} lists {} assets", source.id(), listings.size());
        for (int from = 0; from < listings.size(); from += STORED_AT_ONCE) {
            List<StoredListing> part = listings.subList(from, Math.min(listings.size(), from + STORED_AT_ONCE));
            store.tryWrite(market -> market.putListings(List.copyOf(part)));
        }
        return true;
    }

    private static Optional<StoredListing> stored(AssetListing listing, String source) {
        String name = listing.name().isBlank() ? listing.symbol().value() : listing.name();
        String fitting = name.length() <= 100 ? name : name.substring(0, 100);
        return Optional.of(new StoredListing(listing.symbol(), fitting, listing.assetClass(), source));
    }
}
