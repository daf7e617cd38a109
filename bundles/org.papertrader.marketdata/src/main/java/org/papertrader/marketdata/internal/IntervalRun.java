package org.papertrader.marketdata.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.PriceListener;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One update interval, step by step (MST-24, MST-30). Used by the interval thread. */
final class IntervalRun {
    private static final Logger LOG = LoggerFactory.getLogger(IntervalRun.class);
    private static final int BARS_AT_ONCE = 10_000;

    private final Parts parts;
    private final Gate<IntervalParticipant> participants;
    private final Gate<PriceListener> listeners;
    private final BudgetCheck budget = new BudgetCheck();
    private boolean everRetrieved;

    IntervalRun(Parts parts, Gate<IntervalParticipant> participants, Gate<PriceListener> listeners) {
        this.parts = parts;
        this.participants = participants;
        this.listeners = listeners;
    }

    /** What an interval works with. */
    record Parts(
            Market market,
            ClockPilot pilot,
            IntervalIds ids,
            Sources sources,
            Listings listings,
            Universe universe,
            Retrieval retrieval,
            CurrentValues values,
            History history,
            Datasets datasets,
            StoreAccess store) {}

    /** Follows sources and settings without retrieving anything: before an interval, and at the start. */
    void prepare() {
        Settings settings = parts.market().settings();
        List<Capabilities> order = parts.sources().order(settings.preference());
        parts.datasets().follow(order);
        parts.market().order(order);
        parts.pilot().steer(order, settings);
        parts.pilot().persist(settings.interval());
        parts.listings().refresh(order);
        parts.universe()
                .update(settings.symbols(), order.stream().map(Capabilities::id).toList());
        if (!order.isEmpty()) {
            budget.check(order.get(0), parts.universe().wanted().size(), settings.interval());
        }
    }

    /**
     * Runs an interval; its cut comes before prices are asked for, so that nobody trades on a price that could already
     * be seen.
     *
     * @param next wall time at which the next one begins
     */
    void run(Instant next) {
        Market market = parts.market();
        market.interval(market.interval() + 1);
        OptionalLong id = parts.ids().next();
        id.ifPresent(number -> each(participants, participant -> participant.cut(number)));
        List<Asset> changed = List.of();
        try {
            prepare();
            changed = retrieve();
        } catch (RuntimeException e) {
            // Every cut gets its settlement, with the values that are known.
            LOG.error("no values were retrieved", e);
        }
        finish(next, id, changed);
    }

    private void finish(Instant next, OptionalLong id, List<Asset> changed) {
        Market market = parts.market();
        market.nextInterval(next);
        store(changed);
        Map<Symbol, Asset> prices = parts.values().snapshot();
        boolean open = market.isOpen();
        id.ifPresent(number -> each(participants, participant -> participant.settle(number, prices, open)));
        each(listeners, listener -> listener.prices(changed, market.status()));
        completeDays(changed);
    }

    private List<Asset> retrieve() {
        Market market = parts.market();
        MarketTime clock = market.clock();
        boolean atEnd = clock.isAtEnd();
        if (atEnd && everRetrieved && !market.isOpen()) {
            // Closed for good: there is nothing to retrieve.
            return List.of();
        }
        Instant now = clock.now();
        Retrieval.Result result = parts.retrieval()
                .retrieve(market.order(), now, market.settings().jumpFactor());
        everRetrieved |= result.answered() > 0;
        if (result.answered() > 0) {
            market.hasValues();
        }
        List<Asset> changed = new ArrayList<>();
        for (Asset asset : result.values()) {
            if (parts.values().offer(asset)) {
                changed.add(asset);
            }
        }
        boolean someOpen = result.answered() == 0 ? market.isOpen() : result.anyOpen();
        // The last values of a replay may still fill orders; after them it is closed.
        market.open(someOpen && !(atEnd && changed.isEmpty()));
        return List.copyOf(changed);
    }

    private void store(List<Asset> changed) {
        for (int from = 0; from < changed.size(); from += BARS_AT_ONCE) {
            List<Asset> part = changed.subList(from, Math.min(changed.size(), from + BARS_AT_ONCE));
            List<StoredBar> bars = part.stream()
                    .map(asset -> new StoredBar(asset.symbol(), BarResolution.INTERVAL, asset.bar(), asset.source()))
                    .toList();
            parts.store().tryWrite(market -> {
                market.putBars(bars);
                market.putCurrent(part);
            });
        }
    }

    /** Keeps the days complete as they pass; from sources with limits they are asked for only when somebody wants them. */
    private void completeDays(List<Asset> changed) {
        Set<String> unlimited = parts.market().order().stream()
                .filter(source -> source.quotas().isEmpty())
                .map(Capabilities::id)
                .collect(Collectors.toSet());
        for (Asset asset : changed) {
            if (unlimited.contains(asset.source()) && endsADay(asset.bar())) {
                parts.history().fillDays(asset.symbol());
            }
        }
    }

    /** A minute says nothing of the day; the day that it ends is asked for by whoever wants it. */
    private static boolean endsADay(Bar bar) {
        return bar.end().getEpochSecond() - bar.start().getEpochSecond() >= 3_600;
    }

    private static <S> void each(Gate<S> gate, Consumer<S> call) {
        for (Lease<S> lease : gate.leaseEach()) {
            try (lease) {
                call.accept(lease.service());
            } catch (RuntimeException e) {
                // Another bundle's code: one that fails must not stop the interval for the others.
                LOG.error("{} failed in an interval", gate.name(), e);
            }
        }
    }
}
