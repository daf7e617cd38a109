package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.Capabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what market it is: the preferred source's. A replay gives way to the present only after a while, so that
 * swapping its adapter does not throw market time years ahead, from where it could never return. Used by the interval
 * thread.
 */
final class ClockPilot {
    /** How long a source of the present must be the preferred one before a replay gives way to it. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** How long a first start waits for a preferred source to arrive. */
    static final Duration START_PATIENCE = Duration.ofSeconds(2);

    static final String STATE_KEY = "clock";

    private static final Logger LOG = LoggerFactory.getLogger(ClockPilot.class);
    private static final Duration SLACK_EXTRA = Duration.ofSeconds(2);
    private static final int SLACK_INTERVALS = 3;

    private final Clock wall;
    private final StoreAccess store;
    private volatile @Nullable MarketTime time;
    private @Nullable Instant presentSince;

    ClockPilot(Clock wall, StoreAccess store) {
        this.wall = wall;
        this.store = store;
    }

    /** Continues the stored clock, if there is one. */
    void restore(Optional<String> stored) {
        stored.flatMap(ClockState::parse).ifPresent(state -> {
            MarketTime restored = MarketTime.restored(wall, state);
            time = restored;
            LOG.info("market time goes on at {}", restored.now());
        });
    }

    /** The clock, or null before the first start. */
    @Nullable
    MarketTime time() {
        return time;
    }

    /** Follows the preferred source; {@code order} has it first. */
    void steer(List<Capabilities> order, Settings settings) {
        if (order.isEmpty()) {
            return;
        }
        Capabilities.ReplayRange range = order.get(0).replay();
        if (range == null) {
            steerToPresent();
        } else {
            presentSince = null;
            steerToReplay(range, settings);
        }
    }

    private void steerToPresent() {
        Instant now = wall.instant();
        if (presentSince == null) {
            presentSince = now;
        }
        Duration patience = time == null ? START_PATIENCE : PATIENCE;
        if (Duration.between(presentSince, now).compareTo(patience) < 0) {
            return;
        }
        MarketTime running = time;
        if (running == null) {
            time = MarketTime.present(wall);
            LOG.info("the market is that of the present");
        } else if (running.isReplay()) {
            // Stored first: a restart in between must not fall back into the replay's past.
            ClockState present = new ClockState(false, now, now, 1, Instant.EPOCH, Duration.ZERO);
            if (store.tryWrite(market -> market.putState(STATE_KEY, present.toText()))) {
                LOG.info("the market leaves the replay at {} for the present", running.now());
                running.followPresent();
            }
        }
    }

    private void steerToReplay(Capabilities.ReplayRange range, Settings settings) {
        MarketTime running = time;
        if (running == null) {
            Instant start = settings.marketStart().orElseGet(() -> defaultStart(range));
            time = MarketTime.replay(wall, start, settings.acceleration(), range.last());
            LOG.info("market time begins at {}, data ends at {}", start, range.last());
            return;
        }
        if (!running.isReplay()) {
            LOG.info("the market changes from the present to a replay that ends at {}", range.last());
        }
        running.followReplay(settings.acceleration(), range.last());
    }

    /** A year of history to look back on, where the data is that long. */
    private static Instant defaultStart(Capabilities.ReplayRange range) {
        Instant start = range.first().atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
        return start.isBefore(range.last()) ? start : range.first();
    }

    /** Stores the clock so that it may run on; without storage a replay stands still after a few intervals. */
    void persist(Duration interval) {
        MarketTime running = time;
        if (running != null) {
            ClockState state =
                    running.state(interval.multipliedBy(SLACK_INTERVALS).plus(SLACK_EXTRA));
            if (store.tryWrite(market -> market.putState(STATE_KEY, state.toText()))) {
                running.stored(state);
            }
        }
    }

    /** Stores the clock for the last time: a restart goes on exactly here. */
    void persistStopped() {
        MarketTime running = time;
        if (running != null) {
            ClockState state = running.state(Duration.ZERO);
            store.tryWrite(market -> market.putState(STATE_KEY, state.toText()));
        }
    }
}
