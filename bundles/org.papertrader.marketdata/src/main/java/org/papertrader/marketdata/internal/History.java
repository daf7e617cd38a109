package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.papertrader.assets.api.BarRequest;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.internal.Coverage.Span;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Completes the stored bars from the sources: only what is missing, once however many ask, and the newest end at most
 * once an interval (PRO-17). Thread-safe.
 */
final class History {
    /** Before any bar. */
    static final Instant BEGINNING = Instant.parse("1800-01-01T00:00:00Z");

    /** Begins the names of all states of this class. */
    static final String STATE_PREFIX = "history.";

    /** A source may publish a bar late by this; a newer gap is asked for again. */
    static final Duration LATE = Duration.ofDays(2);

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration TAIL_PAUSE_WITH_LIMITS = Duration.ofHours(6);
    private static final int BARS_AT_ONCE = 10_000;
    private static final int ASKED_MAX = 100_000;
    private static final int LOCKS = 16;

    private final Sources sources;
    private final Universe universe;
    private final StoreAccess store;
    private final ExecutorService pool;
    private final Supplier<Instant> marketNow;
    private final Supplier<List<Capabilities>> order;
    private final LongSupplier interval;
    private final Map<Key, Fill> underWay = new ConcurrentHashMap<>();
    private final Map<Key, Asked> asked = new ConcurrentHashMap<>();

    /** As many as there are assets. */
    private final Map<Symbol, String> lastSources = new ConcurrentHashMap<>();

    private final DataEra era = new DataEra();
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    /** @param interval the number of the running interval */
    History(
            Sources sources,
            Universe universe,
            StoreAccess store,
            ExecutorService pool,
            Supplier<Instant> marketNow,
            Supplier<List<Capabilities>> order,
            LongSupplier interval) {
        this.sources = sources;
        this.universe = universe;
        this.store = store;
        this.pool = pool;
        this.marketNow = marketNow;
        this.order = order;
        this.interval = interval;
    }

    /** One series: all days of an asset, or the minutes of one UTC day. */
    private record Key(Symbol symbol, Resolution resolution, Instant from) {
        String stateKey() {
            return STATE_PREFIX + resolution + "." + symbol;
        }
    }

    /** One completion of a series, up to the market time at which it starts: in this interval, or later. */
    private record Fill(long interval, CompletableFuture<Boolean> result) {}

    /** When the tail of a series was asked for last, and whether it was answered. */
    private record Asked(long interval, Instant market, boolean complete) {}

    /**
     * Completes the daily bars up to now. True when they are as complete as the sources make them, false when no source
     * could be asked; fails with {@link UnavailableException} without storage.
     */
    CompletableFuture<Boolean> fillDays(Symbol symbol) {
        return fill(new Key(symbol, Resolution.DAY, BEGINNING));
    }

    /** Completes the minutes of the UTC days that a span of two days at most touches. */
    CompletableFuture<Boolean> fillMinutes(Symbol symbol, Span span) {
        Instant day = span.after().truncatedTo(ChronoUnit.DAYS);
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (int i = 0; i < 3 && day.isBefore(span.until()); i++) {
            all = all.thenCombine(fill(new Key(symbol, Resolution.MINUTE, day)), Boolean::logicalAnd);
            day = day.plus(1, ChronoUnit.DAYS);
        }
        return all;
    }

    /** True when some source has minutes of this asset. */
    boolean hasMinutes(Symbol symbol) {
        return order.get().stream()
                .anyMatch(source -> source.resolutions().contains(Resolution.MINUTE)
                        && universe.mayHave(source.id(), symbol)
                        && !sources.state(source.id()).isUnknown(symbol));
    }

    /** The source of the last bars that were added to the days of an asset; empty for none. */
    String sourceOf(Symbol symbol) {
        String known = lastSources.get(symbol);
        if (known != null) {
            return known;
        }
        String stored = coverage(new Key(symbol, Resolution.DAY, BEGINNING)).source();
        if (!stored.isEmpty()) {
            lastSources.put(symbol, stored);
        }
        return stored;
    }

    /** Of which data the stored series are. */
    DataEra era() {
        return era;
    }

    /** What was asked for is asked for again. */
    void forget() {
        asked.clear();
        lastSources.clear();
    }

    private CompletableFuture<Boolean> fill(Key key) {
        long current = interval.getAsLong();
        Asked last = asked.get(key);
        if (last != null && last.complete() && last.interval() == current) {
            return CompletableFuture.completedFuture(true);
        }
        Fill created = new Fill(current, new CompletableFuture<>());
        while (true) {
            Fill running = underWay.putIfAbsent(key, created);
            if (running == null) {
                start(key, created);
                return created.result();
            }
            if (running.interval() >= current) {
                return running.result();
            }
            // What an earlier interval began lacks what has ended since: another one follows it.
            if (underWay.replace(key, running, created)) {
                running.result().whenComplete((filled, failure) -> start(key, created));
                return created.result();
            }
        }
    }

    private void start(Key key, Fill fill) {
        try {
            pool.execute(() -> complete(key, fill));
        } catch (RejectedExecutionException e) {
            underWay.remove(key, fill);
            fill.result().complete(false);
        }
    }

    private void complete(Key key, Fill fill) {
        try {
            boolean filled = fillNow(key, fill.interval());
            underWay.remove(key, fill);
            fill.result().complete(filled);
        } catch (RuntimeException e) {
            // Whoever waits must hear of any failure, and the next one must be able to try again.
            underWay.remove(key, fill);
            fill.result().completeExceptionally(e);
        }
    }

    private boolean fillNow(Key key, long current) {
        long data = era.current();
        era.require(data);
        Instant now = marketNow.get();
        Instant end = key.resolution() == Resolution.DAY
                ? now
                : earlier(now, key.from().plus(1, ChronoUnit.DAYS));
        Asked last = asked.get(key);
        boolean complete = true;
        for (Span gap : coverage(key).missing(new Span(key.from(), end))) {
            boolean tail = gap.until().isAfter(now.minus(LATE));
            if (tail && last != null && isLately(last, current, key.symbol(), now)) {
                return complete && last.complete();
            }
            complete &= ask(key, gap, now, data);
        }
        Asked done = new Asked(current, now, complete);
        era.add(data, () -> note(key, done));
        return complete;
    }

    private boolean isLately(Asked last, long current, Symbol symbol, Instant now) {
        boolean limited = order.get().stream()
                .filter(source -> universe.mayHave(source.id(), symbol))
                .findFirst()
                .map(source -> !source.quotas().isEmpty())
                .orElse(false);
        return last.interval() == current
                || (limited && last.market().plus(TAIL_PAUSE_WITH_LIMITS).isAfter(now));
    }

    private void note(Key key, Asked now) {
        if (asked.size() >= ASKED_MAX) {
            asked.clear();
        }
        asked.put(key, now);
    }

    /** Asks one source after the other; false when none could answer. */
    private boolean ask(Key key, Span gap, Instant now, long data) {
        boolean knownToSome = false;
        for (Capabilities source : order.get()) {
            SourceState state = sources.state(source.id());
            if (!source.resolutions().contains(key.resolution())
                    || !universe.mayHave(source.id(), key.symbol())
                    || state.isUnknown(key.symbol())) {
                continue;
            }
            knownToSome = true;
            BarRequest request = new BarRequest(key.symbol(), key.resolution(), gap.after(), gap.until());
            if (sources.call(source, asked -> asked.bars(request)) instanceof Answer.Got<SymbolResult> got
                    && take(key, gap, source, got.value(), now, data)) {
                return true;
            }
        }
        return !knownToSome;
    }

    private boolean take(Key key, Span gap, Capabilities source, SymbolResult result, Instant now, long data) {
        if (result instanceof SymbolResult.Failed failed) {
            Faults.note(sources.state(source.id()), failed);
            return false;
        }
        if (!(result instanceof SymbolResult.Bars answer) || !answer.symbol().equals(key.symbol())) {
            LOG.warn("{} answered what was not asked for: {}", source.id(), result.symbol());
            return false;
        }
        List<Bar> good = answer.bars().stream()
                .filter(bar -> bar.end().isAfter(gap.after()) && !bar.end().isAfter(gap.until()))
                .toList();
        if (good.size() < answer.bars().size()) {
            LOG.warn(
                    "{}: {} bars of {} lie outside of the time asked for and are left out",
                    source.id(),
                    answer.bars().size() - good.size(),
                    key.symbol());
        }
        store(key, source.id(), good, data);
        Instant settled = earlier(gap.until(), now.minus(LATE));
        Instant newest = good.stream().map(Bar::end).max(Instant::compareTo).orElse(gap.after());
        Span covered = new Span(gap.after(), newest.isAfter(settled) ? newest : settled);
        if (!covered.isEmpty()) {
            String from = good.isEmpty() ? "" : source.id();
            era.add(data, () -> cover(key, covered, from));
        }
        return true;
    }

    /** Notes what is complete now; one at a time for an asset, since the minutes of its days share one note. */
    private void cover(Key key, Span covered, String source) {
        synchronized (locks.get(Math.floorMod(key.symbol().hashCode(), locks.size()))) {
            Coverage known = coverage(key);
            Coverage grown = known.plus(covered, source.isEmpty() ? known.source() : source);
            store.call(market -> {
                market.putState(key.stateKey(), grown.toText());
                return true;
            });
            if (key.resolution() == Resolution.DAY && !grown.source().isEmpty()) {
                lastSources.put(key.symbol(), grown.source());
            }
        }
    }

    private void store(Key key, String source, List<Bar> bars, long data) {
        BarResolution resolution = key.resolution() == Resolution.DAY ? BarResolution.DAY : BarResolution.MINUTE;
        for (int from = 0; from < bars.size(); from += BARS_AT_ONCE) {
            List<StoredBar> part = bars.subList(from, Math.min(bars.size(), from + BARS_AT_ONCE)).stream()
                    .map(bar -> new StoredBar(key.symbol(), resolution, bar, source))
                    .toList();
            era.add(
                    data,
                    () -> store.call(market -> {
                        market.putBars(part);
                        return true;
                    }));
        }
    }

    private Coverage coverage(Key key) {
        return store.call(market -> market.state(key.stateKey()))
                .flatMap(Coverage::parse)
                .orElse(Coverage.NONE);
    }

    private static Instant earlier(Instant left, Instant right) {
        return left.isBefore(right) ? left : right;
    }
}
