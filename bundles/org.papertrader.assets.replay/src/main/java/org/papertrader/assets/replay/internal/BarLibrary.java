package org.papertrader.assets.replay.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.Capabilities.ReplayRange;
import org.papertrader.assets.api.Resolution;
import org.papertrader.model.Symbol;

/** All bars of a data set in memory. Filled by one thread, then frozen; from then on it may be read by any. */
final class BarLibrary {
    /** Most bars of a data set: some 300 MB of memory. */
    static final int ROWS_MAX = 5_000_000;

    private static final int FINGERPRINT_BYTES = 16;

    private final Map<Symbol, BarColumns> daily = new HashMap<>();
    private final Map<Symbol, BarColumns> minutes = new HashMap<>();
    private final Map<Symbol, BarColumns> minutesOfFile = new HashMap<>();
    private final Map<Symbol, AssetListing> listings = new TreeMap<>();
    private int rows;

    /** Adds a bar; false when the library is full. */
    boolean add(BarRow row) {
        if (rows >= ROWS_MAX) {
            return false;
        }
        rows++;
        Map<Symbol, BarColumns> bars = row.resolution() == Resolution.DAY ? daily : minutesOfFile;
        bars.computeIfAbsent(row.symbol(), symbol -> new BarColumns()).add(row.bar());
        return true;
    }

    /**
     * A file was read to its end: only now it is known how long the bars within its days are.
     *
     * @return how many bars were dropped as duplicates
     */
    int endOfFile() {
        int dropped = 0;
        for (Map.Entry<Symbol, BarColumns> file : minutesOfFile.entrySet()) {
            dropped += file.getValue().freeze();
            file.getValue().lengthen();
            minutes.computeIfAbsent(file.getKey(), symbol -> new BarColumns()).addAll(file.getValue());
        }
        minutesOfFile.clear();
        return dropped;
    }

    /** Names an asset; the first name stays. */
    void putListing(AssetListing listing) {
        listings.putIfAbsent(listing.symbol(), listing);
    }

    /**
     * Puts all in order, and makes daily bars for the days that have only minutes.
     *
     * @return how many bars were dropped as duplicates
     */
    int freeze(SessionTimes times) {
        int dropped = 0;
        for (BarColumns columns : minutes.values()) {
            dropped += columns.freeze();
        }
        for (BarColumns columns : daily.values()) {
            dropped += columns.freeze();
        }
        minutes.forEach((symbol, columns) -> {
            BarColumns days = daily.computeIfAbsent(symbol, key -> new BarColumns());
            new DailyBars(times).addMissing(columns, days);
            days.freeze();
        });
        return dropped;
    }

    boolean isEmpty() {
        return daily.isEmpty();
    }

    int rows() {
        return rows;
    }

    boolean hasMinutes() {
        return !minutes.isEmpty();
    }

    boolean contains(Symbol symbol) {
        return daily.containsKey(symbol);
    }

    /** The bars of a symbol, or null when it has none of this resolution. */
    @Nullable
    BarColumns bars(Symbol symbol, Resolution resolution) {
        return (resolution == Resolution.DAY ? daily : minutes).get(symbol);
    }

    Collection<AssetListing> listings() {
        return listings.values();
    }

    /** From the end of the first bar to the end of the last; only when the library is not empty. */
    ReplayRange range() {
        Instant first = all().map(BarColumns::firstEnd).min(Instant::compareTo).orElse(Instant.EPOCH);
        Instant last = all().map(BarColumns::lastEnd).max(Instant::compareTo).orElse(Instant.EPOCH);
        return new ReplayRange(first, last);
    }

    /** Names these bars: the same for the same ones, whatever files they came from. */
    String fingerprint() {
        MessageDigest digest = sha256();
        Stream.of(daily, minutes).forEach(bars -> new TreeMap<>(bars).forEach((symbol, columns) -> {
            digest.update(symbol.value().getBytes(StandardCharsets.US_ASCII));
            columns.update(digest);
        }));
        return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Stream<BarColumns> all() {
        return Stream.concat(daily.values().stream(), minutes.values().stream());
    }
}
