package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Failed;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.MarketStore.BarRange;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredListing;

/** What operators see of intervals, sources and assets. Reads what others keep; any thread. */
final class MarketReport {
    /** Most days of history that are counted. */
    private static final int DAYS_MAX = 50_000;

    private final Clock wall;
    private final Market market;
    private final Sources sources;
    private final QuotaLedger quotas;
    private final Universe universe;
    private final CurrentValues values;
    private final Validator validator;
    private final StoreAccess store;
    private final LongSupplier lastInterval;
    private final Supplier<@Nullable String> whyNotStarted;

    MarketReport(
            Clock wall,
            Market market,
            Sources sources,
            QuotaLedger quotas,
            Universe universe,
            CurrentValues values,
            Validator validator,
            StoreAccess store,
            LongSupplier lastInterval,
            Supplier<@Nullable String> whyNotStarted) {
        this.wall = wall;
        this.market = market;
        this.sources = sources;
        this.quotas = quotas;
        this.universe = universe;
        this.values = values;
        this.validator = validator;
        this.store = store;
        this.lastInterval = lastInterval;
        this.whyNotStarted = whyNotStarted;
    }

    /** The last interval and the next. */
    Facts interval() {
        String reason = whyNotStarted.get();
        Facts facts = new Facts()
                .add("interval", lastInterval.getAsLong())
                .add("length", market.settings().interval());
        if (reason != null) {
            return facts.add("state", reason);
        }
        MarketStatus status = market.status();
        return facts.add("state", status.open() ? "market open" : "market closed")
                .add("next", status.nextInterval())
                .add("marketTime", status.marketTime())
                .add("acceleration", status.acceleration())
                .add("source", status.source())
                .add("values", values.symbols().size())
                .add("heldBack", validator.size());
    }

    /** Ids of the sources that are there, the preferred first. */
    List<String> sourceIds() {
        return order().stream().map(Capabilities::id).toList();
    }

    /** A row for each source, the preferred first. */
    List<Facts> sources() {
        List<Facts> rows = new ArrayList<>();
        for (Capabilities source : order()) {
            rows.add(source(rows.size() + 1, source));
        }
        return rows;
    }

    private Facts source(int rank, Capabilities source) {
        SourceState.View state = sources.state(source.id()).view();
        List<Asset> own = values.all().stream()
                .filter(asset -> asset.source().equals(source.id()))
                .toList();
        Optional<Instant> newest = own.stream().map(asset -> asset.bar().end()).max(Comparator.naturalOrder());
        OptionalInt left = quotas.left(source);
        return new Facts()
                .add("rank", rank)
                .add("source", source.id())
                .add("state", word(state))
                .add("answered", age(state.lastAnswer(), wall.instant()))
                .more("lists", universe.listed(source.id()))
                .add("values", own.size())
                .add("valueAge", newest.map(end -> age(end, market.now())).orElse(null))
                .more("newestValue", newest.orElse(null))
                .add("callsLeft", source.quotas().isEmpty() ? "no limit" : left.isPresent() ? left.getAsInt() : null)
                .add("resets", quotas.renewal(source).map(this::remaining).orElse(null))
                .more("calls", state.calls())
                .add("failed", state.failures())
                .more("pausedUntil", state.pausedUntil())
                .more("lastFailure", state.lastFailure().isEmpty() ? null : state.lastFailure())
                .more("symbolsPerCall", source.symbolsPerCallMax())
                .more("timeout", source.timeout())
                .more("replay", source.replay() != null);
    }

    private Duration remaining(Instant at) {
        return Duration.between(wall.instant(), at);
    }

    private static String word(SourceState.View state) {
        if (state.pausedUntil() != null) {
            return "paused";
        }
        return state.lastAnswer() == null ? "silent" : "answers";
    }

    private static @Nullable Duration age(@Nullable Instant time, Instant now) {
        return time == null ? null : Duration.between(time, now);
    }

    /** What people read below the sources: why they failed last, and which values are held back. */
    List<String> troubles() {
        List<String> lines = new ArrayList<>();
        for (Capabilities source : order()) {
            SourceState.View state = sources.state(source.id()).view();
            if (!state.lastFailure().isEmpty()) {
                String pause = state.pausedUntil() == null ? "" : ", paused until " + state.pausedUntil();
                lines.add(source.id() + " failed last with " + state.lastFailure() + pause);
            }
        }
        lines.addAll(validator.lines());
        return lines;
    }

    /** All that is known of an asset; throws {@link Failed} when nothing is. */
    Facts asset(Symbol symbol) {
        StoredListing listing = universe.listing(symbol);
        Asset value = values.get(symbol);
        if (listing == null && value == null) {
            throw new Failed("there is no asset " + symbol);
        }
        Facts facts = new Facts()
                .add("symbol", symbol)
                .add("name", listing == null ? null : listing.name())
                .add("assetClass", listing == null ? null : listing.assetClass())
                .add("listedBy", listing == null ? null : listing.source())
                .add("marketOpen", market.isOpen());
        value(facts, value);
        days(facts, symbol);
        return facts;
    }

    private void value(Facts facts, @Nullable Asset value) {
        if (value == null) {
            facts.add("close", null);
            return;
        }
        Bar bar = value.bar();
        facts.add("close", bar.close())
                .add("open", bar.open())
                .add("high", bar.high())
                .add("low", bar.low())
                .add("volume", bar.volume())
                .add("from", bar.start())
                .add("at", bar.end())
                .add("age", age(bar.end(), market.now()))
                .add("source", value.source());
    }

    private void days(Facts facts, Symbol symbol) {
        BarRange all = new BarRange(symbol, BarResolution.DAY, Instant.EPOCH, market.now());
        Optional<List<Bar>> days = store.tryRead((MarketStore open) -> open.bars(all, DAYS_MAX));
        facts.add("storedDays", days.map(List::size).orElse(null))
                .add(
                        "firstDay",
                        days.filter(bars -> !bars.isEmpty())
                                .map(bars -> bars.get(0).end())
                                .orElse(null))
                .add(
                        "lastDay",
                        days.filter(bars -> !bars.isEmpty())
                                .map(bars -> bars.get(bars.size() - 1).end())
                                .orElse(null));
    }

    /** Why an interval of this length would be too short for the preferred source's limits; empty when it is not. */
    Optional<String> tooShort(Duration interval) {
        List<Capabilities> order = order();
        return order.isEmpty()
                ? Optional.empty()
                : BudgetCheck.warning(order.get(0), universe.wanted().size(), interval);
    }

    private List<Capabilities> order() {
        return sources.order(market.settings().preference());
    }
}
