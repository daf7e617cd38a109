package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.Capabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many calls each source may still get. It is stored before the call is made, so that neither a swap of the adapter
 * nor a restart resets a budget. All windows of a source hold at once. Thread-safe.
 */
final class QuotaLedger {
    static final String STATE_PREFIX = "quota.";

    private static final Logger LOG = LoggerFactory.getLogger(QuotaLedger.class);

    private static final long RETRY_MILLIS = 5_000;

    private final Clock wall;
    private final StoreAccess store;
    private final Map<String, Book> books = new HashMap<>();

    QuotaLedger(Clock wall, StoreAccess store) {
        this.wall = wall;
        this.store = store;
    }

    /**
     * Takes one call from every window of the source.
     *
     * @return empty when it may be made, else when the next one may
     */
    synchronized Optional<Instant> take(Capabilities source) {
        if (source.quotas().isEmpty()) {
            return Optional.empty();
        }
        long now = wall.millis();
        Book book = book(source);
        if (book == null) {
            // Its budget cannot be read now, so nothing is known to be left of it.
            return Optional.of(Instant.ofEpochMilli(now + RETRY_MILLIS));
        }
        long freeAt = book.windows().stream()
                .filter(window -> window.left(now) <= 0)
                .mapToLong(window -> window.freeAt(now))
                .max()
                .orElse(0);
        if (freeAt > 0) {
            return Optional.of(Instant.ofEpochMilli(Math.max(freeAt, now + 1)));
        }
        book.windows().forEach(window -> window.take(now));
        String text = book.toText();
        store.tryWrite(market -> market.putState(STATE_PREFIX + source.id(), text));
        return Optional.empty();
    }

    /** The fewest calls left of any window; empty for a source without limits. */
    synchronized OptionalInt left(Capabilities source) {
        long now = wall.millis();
        Book book = source.quotas().isEmpty() ? null : book(source);
        return book == null
                ? OptionalInt.empty()
                : book.windows().stream().mapToInt(window -> window.left(now)).min();
    }

    /** When more calls become free again; empty for a source without limits, or one that has all of its calls. */
    synchronized Optional<Instant> renewal(Capabilities source) {
        long now = wall.millis();
        Book book = source.quotas().isEmpty() ? null : book(source);
        return book == null
                ? Optional.empty()
                : book.windows().stream()
                        .filter(window -> window.isUsed(now))
                        .min(Comparator.comparingInt(window -> window.left(now)))
                        .map(window -> Instant.ofEpochMilli(window.freeAt(now)));
    }

    private @Nullable Book book(Capabilities source) {
        Book known = books.get(source.id());
        if (known != null && known.quotas().equals(source.quotas())) {
            return known;
        }
        Optional<String> text = known == null
                ? store.tryRead(
                        market -> market.state(STATE_PREFIX + source.id()).orElse(""))
                : Optional.of(known.toText());
        if (text.isEmpty()) {
            return null;
        }
        Book book = new Book(
                source.quotas(), source.quotas().stream().map(QuotaWindow::new).toList());
        restore(source.id(), book.windows(), text.get());
        books.put(source.id(), book);
        return book;
    }

    private static void restore(String id, List<QuotaWindow> windows, String text) {
        try {
            for (String stored : text.split(";", -1)) {
                windows.forEach(window -> window.restore(stored));
            }
        } catch (NumberFormatException e) {
            LOG.warn("the stored quota of {} cannot be read and begins anew: {}", id, e.getMessage());
        }
    }

    private record Book(List<Capabilities.Quota> quotas, List<QuotaWindow> windows) {
        String toText() {
            return windows.stream().map(QuotaWindow::toText).collect(Collectors.joining(";"));
        }
    }
}
