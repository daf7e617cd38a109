package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.forecast.api.Forecast;
import org.papertrader.gate.Gate;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.MarketData;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.marketdata.api.PriceListener;
import org.papertrader.marketdata.api.Prices;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.PoolMetrics;
import org.papertrader.model.Asset;
import org.papertrader.model.Caller;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.MarketStore.StoredListing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The market data of a master: loads what is stored, then runs an interval after the other on a thread of its own
 * (MST-26), and answers. Made with {@code new}, so that it is tested without a framework.
 */
final class MarketEngine implements MarketData, Prices, MarketClock {
    private static final Logger LOG = LoggerFactory.getLogger(MarketEngine.class);
    private static final Duration BOOT_RETRY = Duration.ofMillis(200);
    private static final long STOP_MILLIS = 1_500;
    private static final int SOURCE_THREADS = 8;
    private static final int SOURCE_QUEUE = 256;
    private static final int HISTORY_THREADS = 4;
    private static final int HISTORY_QUEUE = 2_000;
    private static final int STORE_THREADS = 4;
    private static final int STORE_QUEUE = 512;
    /** Short: idle threads take turns, so that one call in a while would keep them all. */
    private static final int IDLE_SECONDS = 2;

    private final Clock wall;
    private final Runnable whenReady;
    private final Succession succession;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, named("marketdata-interval"));
    private final ThreadPoolExecutor sourcePool = pool("marketdata-source", SOURCE_THREADS, SOURCE_QUEUE);
    private final ThreadPoolExecutor historyPool = pool("marketdata-history", HISTORY_THREADS, HISTORY_QUEUE);
    private final ThreadPoolExecutor storePool = pool("marketdata-store", STORE_THREADS, STORE_QUEUE);
    private final MarketMeter meter = new MarketMeter();
    private final CurrentValues values = new CurrentValues();
    private final Validator validator = new Validator();
    private final Universe universe = new Universe();
    private final StoreAccess store;
    private final ClockPilot pilot;
    private final Market market;
    private final QuotaLedger quotas;
    private final Sources sources;
    private final Listings listings;
    private final IntervalIds ids;
    private final IntervalRun run;
    private final Queries queries;
    private final MarketReport report;
    private volatile boolean ready;
    private boolean loaded;
    private boolean running;
    private Instant lastBegin = Instant.EPOCH;
    private @Nullable ScheduledFuture<?> scheduled;

    /** The services that the engine uses; each may come and go. */
    record Gates(
            Gate<AssetSource> sources,
            Gate<MarketStore> store,
            Gate<Forecast> forecasts,
            Gate<IntervalParticipant> participants,
            Gate<PriceListener> listeners) {
        Gates() {
            this(
                    new Gate<>("asset sources"),
                    new Gate<>("market storage"),
                    new Gate<>("forecast"),
                    new Gate<>("interval participant"),
                    new Gate<>("price listener"));
        }
    }

    /** @param whenReady called once, on the interval thread, when queries can be answered */
    MarketEngine(Clock wall, Gates gates, Settings settings, Succession succession, Runnable whenReady) {
        this.wall = wall;
        this.succession = succession;
        this.whenReady = whenReady;
        thread.setRemoveOnCancelPolicy(true);
        this.store = new StoreAccess(gates.store());
        this.pilot = new ClockPilot(wall, store);
        this.market = new Market(wall, pilot, settings);
        this.quotas = new QuotaLedger(wall, store);
        this.sources = new Sources(gates.sources(), sourcePool, quotas, wall);
        this.listings = new Listings(sources, universe, store, wall);
        this.ids = new IntervalIds(store);
        History history =
                new History(sources, universe, store, historyPool, market::now, market::order, market::interval);
        Retrieval retrieval = new Retrieval(sources, universe, validator, values, wall);
        this.run = new IntervalRun(
                new IntervalRun.Parts(
                        market,
                        pilot,
                        ids,
                        sources,
                        listings,
                        universe,
                        retrieval,
                        values,
                        history,
                        new Datasets(store, values, history, thread::isShutdown),
                        store),
                gates.participants(),
                gates.listeners());
        this.report = new MarketReport(
                wall, market, sources, quotas, universe, values, validator, store, ids::last, this::whyNotStarted);
        this.queries = new Queries(universe, values, history, store, gates.forecasts(), storePool, market::moment);
    }

    /** Begins to load and to run; returns at once. */
    void start() {
        schedule(Duration.ZERO);
    }

    /** Takes over new settings; the next interval comes when the new length says. */
    void settings(Settings settings) {
        market.settings(settings);
        try {
            thread.execute(() -> {
                if (ready) {
                    scheduleNext(lastBegin.plus(settings.interval()));
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closed before new settings were taken over");
        }
    }

    /** A source was bound. */
    void sourcesChanged() {
        sources.renewed();
        listings.renewed();
    }

    /** Runs an interval now, unless a newer version does, for the operator; the stage completes when it is done. */
    CompletableFuture<Void> runNow() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            if (ready) {
                tick();
            }
            done.complete(null);
        });
        return done;
    }

    /** Ends all threads, within two seconds, and stores the clock so that a restart goes on exactly there. */
    void close() throws InterruptedException {
        // What never began would be waited for until its timeout.
        sourcePool.shutdownNow().forEach(task -> ((Future<?>) task).cancel(true));
        historyPool.shutdownNow();
        try {
            thread.execute(() -> {
                cancelScheduled();
                if (running && !succession.isSuperseded()) {
                    pilot.persistStopped();
                    ids.release();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("closed twice");
        }
        thread.shutdown();
        if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
            thread.shutdownNow();
        }
        storePool.shutdownNow();
    }

    private void schedule(Duration delay) {
        cancelScheduled();
        try {
            scheduled = thread.schedule(this::tick, Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed");
        }
    }

    private void cancelScheduled() {
        ScheduledFuture<?> before = scheduled;
        if (before != null) {
            before.cancel(false);
        }
    }

    private void scheduleNext(Instant at) {
        Instant now = wall.instant();
        Instant next = at.isBefore(now) ? now : at;
        market.nextInterval(next);
        schedule(Duration.between(now, next));
    }

    private void tick() {
        if (succession.isSuperseded()) {
            standBack();
        } else if (running || boot()) {
            if (!running) {
                running = true;
                succession.begin();
            }
            interval();
        } else {
            schedule(BOOT_RETRY);
        }
    }

    /** A newer version runs the intervals; what it stores is loaded here should it ever leave. */
    private void standBack() {
        if (running) {
            LOG.info("a newer version runs the intervals");
        }
        running = false;
        loaded = false;
        scheduleNext(wall.instant().plus(market.settings().interval()));
    }

    private void interval() {
        Instant begin = wall.instant();
        lastBegin = begin;
        Duration length = market.settings().interval();
        long begun = System.nanoTime();
        try {
            run.run(begin.plus(length));
        } catch (RuntimeException e) {
            // The thread must outlive whatever failed in one interval.
            LOG.error("an interval failed", e);
            meter.failed();
        }
        meter.ran(begin, System.nanoTime() - begun);
        if (!ready) {
            ready = true;
            whenReady.run();
        }
        scheduleNext(begin.plus(market.settings().interval()));
    }

    /** True when what is stored was loaded and there is a market time. */
    private boolean boot() {
        try {
            loaded = loaded || load();
            if (loaded) {
                run.prepare();
            }
            return loaded && pilot.time() != null;
        } catch (RuntimeException e) {
            // Tried again: nothing works without it.
            LOG.error("market data cannot start", e);
            return false;
        }
    }

    private boolean load() {
        Optional<Stored> stored = store.tryRead(Stored::of);
        stored.ifPresent(all -> {
            pilot.restore(all.clock());
            ids.restore(all.interval());
            listings.restore(all.listings());
            MarketTime time = pilot.time();
            if (time != null) {
                Instant now = time.now();
                all.current().stream()
                        .filter(asset -> !asset.bar().end().isAfter(now))
                        .forEach(values::offer);
            }
        });
        return stored.isPresent();
    }

    /** What a start needs. */
    private record Stored(
            Optional<String> clock, Optional<String> interval, List<StoredListing> listings, List<Asset> current) {
        static Stored of(MarketStore store) {
            return new Stored(
                    store.state(ClockPilot.STATE_KEY),
                    store.state(IntervalIds.STATE_KEY),
                    store.listings(),
                    store.current());
        }
    }

    @Override
    public CompletionStage<MarketReply> query(Caller caller, MarketQuery query) {
        return queries.query(query);
    }

    @Override
    public CompletionStage<AssetListReply> list(Caller caller, AssetListQuery query) {
        return CompletableFuture.completedFuture(assets(query));
    }

    AssetListReply.Page assets(AssetListQuery query) {
        return queries.list(query);
    }

    @Override
    public Optional<MarketStatus> status() {
        return Optional.of(market.status());
    }

    @Override
    public @Nullable Asset current(Symbol symbol) {
        return values.get(symbol);
    }

    @Override
    public boolean isKnown(Symbol symbol) {
        return queries.isKnown(symbol);
    }

    @Override
    public boolean isMarketOpen() {
        return market.isOpen();
    }

    @Override
    public Instant now() {
        return market.now();
    }

    @Override
    public Instant at(Instant wallTime) {
        return market.clock().at(wallTime);
    }

    List<MetricFamily> metrics() {
        List<MetricFamily> all = new ArrayList<>(meter.intervals(market, wall));
        all.addAll(MarketMeter.sources(market.order(), sources, quotas, values, wall));
        all.addAll(PoolMetrics.of(Map.of(
                "marketdata-source", sourcePool, "marketdata-history", historyPool, "marketdata-store", storePool)));
        return all;
    }

    /** What health is judged by. */
    Vitals vitals() {
        return new Vitals(wall, market, sources, quotas, ready, meter.hasLastFailed());
    }

    /** Ids of sources in the configured order; those that it does not name follow. */
    List<String> preference() {
        return market.settings().preference();
    }

    /** What the shell shows. */
    MarketReport report() {
        return report;
    }

    /** Why there is no interval yet; null when there was one. */
    private @Nullable String whyNotStarted() {
        return ready ? null : "not started: " + (loaded ? "no source yet" : "no storage yet");
    }

    private static ThreadPoolExecutor pool(String name, int threads, int queue) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
