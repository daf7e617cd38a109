package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.forecast.api.Forecast;
import org.papertrader.gate.BusyException;
import org.papertrader.gate.Failures;
import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketReply.Series;
import org.papertrader.marketdata.internal.Coverage.Span;
import org.papertrader.model.Asset;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore.BarRange;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredListing;

/**
 * Answers queries (PRO-13): what is in memory at once, series from storage on a bounded pool, after the missing tail was
 * asked for. Nothing later than market time is ever answered. Thread-safe.
 */
final class Queries {
    /** How long a query waits for what is missing; then it answers with what is stored. */
    static final Duration FILL_PATIENCE = Duration.ofSeconds(2);

    /** Furthest prediction. */
    static final Duration HORIZON_MAX = Duration.ofDays(366);

    private static final Instant LAST_DATE = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int FORECAST_DAYS_MAX = 6_000;

    private final Universe universe;
    private final CurrentValues values;
    private final History history;
    private final StoreAccess store;
    private final Gate<Forecast> forecasts;
    private final Executor pool;
    private final Supplier<Moment> market;

    Queries(
            Universe universe,
            CurrentValues values,
            History history,
            StoreAccess store,
            Gate<Forecast> forecasts,
            Executor pool,
            Supplier<Moment> market) {
        this.universe = universe;
        this.values = values;
        this.history = history;
        this.store = store;
        this.forecasts = forecasts;
        this.pool = pool;
        this.market = market;
    }

    /**
     * The moment in which a query is answered.
     *
     * @param now market time
     * @param step how much market time passes between two intervals
     */
    record Moment(Instant now, Duration step, Freshness freshness) {}

    CompletionStage<MarketReply> query(MarketQuery query) {
        Moment moment = market.get();
        Symbol symbol = query.symbol();
        if (!isKnown(symbol)) {
            return refused(ReasonCode.UNKNOWN_ASSET);
        }
        if (query instanceof MarketQuery.Info) {
            return done(new MarketReply.Info(info(symbol, universe.listing(symbol)), moment.freshness()));
        }
        if (query instanceof MarketQuery.Current) {
            Asset asset = values.get(symbol);
            return asset == null
                    ? refused(ReasonCode.NO_VALUE)
                    : done(new MarketReply.Current(asset, moment.freshness()));
        }
        if (query instanceof MarketQuery.Day day) {
            return within(day.until(), moment, until -> day(symbol, until, moment));
        }
        if (query instanceof MarketQuery.Week week) {
            return within(
                    week.until(),
                    moment,
                    until -> daily(symbol, new Span(until.minus(DAY.multipliedBy(7)), until), moment));
        }
        if (query instanceof MarketQuery.Month month) {
            return within(month.until(), moment, until -> daily(symbol, new Span(back(until, 1), until), moment));
        }
        if (query instanceof MarketQuery.Year year) {
            return within(year.until(), moment, until -> monthly(symbol, new Span(back(until, 12), until), moment));
        }
        if (query instanceof MarketQuery.Predicted predicted) {
            return predicted(symbol, predicted.target(), moment);
        }
        return monthly(symbol, new Span(History.BEGINNING, moment.now()), moment);
    }

    boolean isKnown(Symbol symbol) {
        return universe.contains(symbol) || values.get(symbol) != null;
    }

    AssetListReply.Page list(AssetListQuery query) {
        List<AssetInfo> page = new ArrayList<>();
        for (StoredListing listing : universe.after(query.after())) {
            if (listing.symbol().value().startsWith(query.prefix())) {
                if (page.size() == AssetListQuery.PAGE_MAX) {
                    return new AssetListReply.Page(page, true, market.get().freshness());
                }
                page.add(info(listing.symbol(), listing));
            }
        }
        return new AssetListReply.Page(page, false, market.get().freshness());
    }

    private AssetInfo info(Symbol symbol, @Nullable StoredListing listing) {
        Asset asset = values.get(symbol);
        Bar bar = asset == null ? null : asset.bar();
        String valueSource = asset == null ? "" : asset.source();
        if (listing == null) {
            return new AssetInfo(symbol, symbol.value(), "other", valueSource, bar);
        }
        String source = listing.source().isEmpty() ? valueSource : listing.source();
        return new AssetInfo(symbol, listing.name(), listing.assetClass(), source, bar);
    }

    /** Answers for the instant, or for market time where that is later. */
    private static CompletionStage<MarketReply> within(
            Instant asked, Moment moment, Function<Instant, CompletionStage<MarketReply>> answer) {
        if (asked.isBefore(History.BEGINNING) || asked.isAfter(LAST_DATE)) {
            return refused(ReasonCode.BAD_DATE);
        }
        return answer.apply(asked.isAfter(moment.now()) ? moment.now() : asked);
    }

    private CompletionStage<MarketReply> daily(Symbol symbol, Span span, Moment moment) {
        return days(symbol, filled -> series(symbol, dayBars(symbol, span), filled, moment));
    }

    private CompletionStage<MarketReply> monthly(Symbol symbol, Span span, Moment moment) {
        return days(symbol, filled -> series(symbol, SeriesMath.byMonth(dayBars(symbol, span)), filled, moment));
    }

    private CompletionStage<MarketReply> day(Symbol symbol, Instant until, Moment moment) {
        Span span = new Span(until.minus(DAY), until);
        if (!history.hasMinutes(symbol)) {
            return days(symbol, filled -> series(symbol, coarseDay(symbol, span), filled, moment));
        }
        CompletionStage<MarketReply> fine =
                after(history.era().current(), history.fillMinutes(symbol, span), filled -> {
                    List<Bar> minutes = stored(symbol, BarResolution.MINUTE, span);
                    boolean coarser = moment.step().compareTo(MINUTE) > 0;
                    return series(
                            symbol, coarser ? SeriesMath.byPeriod(minutes, moment.step()) : minutes, filled, moment);
                });
        return fine.thenCompose(
                reply -> reply instanceof Series series && !series.bars().isEmpty()
                        ? done(reply)
                        : days(symbol, filled -> series(symbol, coarseDay(symbol, span), filled, moment)));
    }

    /** Values as they were retrieved where there are several, else the days that ended within. */
    private List<Bar> coarseDay(Symbol symbol, Span span) {
        List<Bar> retrieved = stored(symbol, BarResolution.INTERVAL, span);
        return retrieved.size() > 1 ? retrieved : dayBars(symbol, span);
    }

    private CompletionStage<MarketReply> predicted(Symbol symbol, Instant target, Moment moment) {
        if (!target.isAfter(moment.now()) || target.isAfter(moment.now().plus(HORIZON_MAX))) {
            return done(new MarketReply.Refused(Refusal.of(
                    ReasonCode.BAD_DATE,
                    "A prediction needs a date after market time, which is " + moment.now()
                            + ", and at most a year after it.")));
        }
        return days(symbol, filled -> {
            List<Bar> days = withCurrent(symbol, dayBars(symbol, new Span(History.BEGINNING, moment.now())));
            int skipped = Math.max(0, days.size() - FORECAST_DAYS_MAX);
            Optional<Prediction> prediction =
                    forecasts.call(forecast -> forecast.predict(symbol, days.subList(skipped, days.size()), target));
            return prediction
                    .<MarketReply>map(value -> new MarketReply.Predicted(value, moment.freshness()))
                    .orElseGet(() -> new MarketReply.Refused(
                            Refusal.of(ReasonCode.NO_VALUE, "The asset's history is too short for a prediction.")));
        });
    }

    /** The latest value counts as the last day where it is later than that. */
    private List<Bar> withCurrent(Symbol symbol, List<Bar> days) {
        Asset asset = values.get(symbol);
        if (asset == null
                || (!days.isEmpty()
                        && !asset.bar().end().isAfter(days.get(days.size() - 1).end()))) {
            return days;
        }
        List<Bar> extended = new ArrayList<>(days);
        extended.add(asset.bar());
        return extended;
    }

    private MarketReply series(Symbol symbol, List<Bar> bars, boolean filled, Moment moment) {
        if (bars.isEmpty()) {
            return filled
                    ? new Series(symbol, bars, "", moment.freshness())
                    : new MarketReply.Refused(Refusal.of(ReasonCode.SOURCE_UNAVAILABLE));
        }
        int skipped = Math.max(0, bars.size() - Series.ROWS_MAX);
        return new Series(symbol, bars.subList(skipped, bars.size()), sourceOf(symbol), moment.freshness());
    }

    private String sourceOf(Symbol symbol) {
        String source = history.sourceOf(symbol);
        Asset asset = values.get(symbol);
        return source.isEmpty() && asset != null ? asset.source() : source;
    }

    private List<Bar> dayBars(Symbol symbol, Span span) {
        return SeriesMath.onePerStart(stored(symbol, BarResolution.DAY, span));
    }

    private List<Bar> stored(Symbol symbol, BarResolution resolution, Span span) {
        BarRange range = new BarRange(symbol, resolution, span.after(), span.until());
        return store.call(bars -> bars.bars(range, Series.ROWS_MAX));
    }

    private CompletionStage<MarketReply> days(Symbol symbol, Read read) {
        return after(history.era().current(), history.fillDays(symbol), read);
    }

    /**
     * Reads from storage when the missing was added, or was waited for long enough.
     *
     * @param data of which data it is to be, as it was before the missing was asked for
     */
    private CompletionStage<MarketReply> after(long data, CompletableFuture<Boolean> fill, Read read) {
        CompletableFuture<Boolean> patient =
                fill.copy().completeOnTimeout(false, FILL_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<MarketReply> reply = new CompletableFuture<>();
        patient.whenComplete((filled, failure) -> {
            if (failure != null) {
                reply.completeExceptionally(Failures.unwrap(failure));
            } else {
                onPool(reply, () -> {
                    MarketReply made = read.reply(filled);
                    history.era().require(data);
                    return made;
                });
            }
        });
        return reply;
    }

    private void onPool(CompletableFuture<MarketReply> reply, Supplier<MarketReply> read) {
        try {
            pool.execute(() -> {
                try {
                    reply.complete(read.get());
                } catch (RuntimeException e) {
                    // Whatever failed, the caller must hear of it.
                    reply.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            reply.completeExceptionally(new BusyException("market data"));
        }
    }

    private static Instant back(Instant until, int months) {
        return until.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }

    private static CompletionStage<MarketReply> refused(ReasonCode code) {
        return done(new MarketReply.Refused(Refusal.of(code)));
    }

    private static CompletionStage<MarketReply> done(MarketReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** Makes a reply from storage. */
    private interface Read {
        MarketReply reply(boolean filled);
    }
}
