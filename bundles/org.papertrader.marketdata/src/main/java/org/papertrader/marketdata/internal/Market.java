package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.Freshness;
import org.papertrader.marketdata.api.MarketStatus;

/** What the interval thread tells everybody else: sources, settings, whether the market is open, when it goes on. */
final class Market {
    private final Clock wall;
    private final ClockPilot pilot;
    private volatile Settings settings;
    private volatile List<Capabilities> order = List.of();
    private volatile boolean open;
    private volatile Instant nextInterval;
    private volatile Instant lastValues;
    private volatile long interval;

    Market(Clock wall, ClockPilot pilot, Settings settings) {
        this.wall = wall;
        this.pilot = pilot;
        this.settings = settings;
        this.nextInterval = wall.instant();
        this.lastValues = nextInterval;
    }

    /** The clock; throws {@link UnavailableException} before the first start. */
    MarketTime clock() {
        @Nullable MarketTime time = pilot.time();
        if (time == null) {
            throw new UnavailableException("market time");
        }
        return time;
    }

    Instant now() {
        return clock().now();
    }

    Settings settings() {
        return settings;
    }

    void settings(Settings changed) {
        settings = changed;
    }

    List<Capabilities> order() {
        return order;
    }

    void order(List<Capabilities> changed) {
        order = List.copyOf(changed);
    }

    boolean isOpen() {
        return open;
    }

    void open(boolean changed) {
        open = changed;
    }

    /** When a source last had a value, wall time; that of the start before. */
    Instant lastValues() {
        return lastValues;
    }

    /** A source has just had values. */
    void hasValues() {
        lastValues = wall.instant();
    }

    /** The number of the interval that runs or ran last, counted from this start of the program. */
    long interval() {
        return interval;
    }

    void interval(long number) {
        interval = number;
    }

    Instant nextInterval() {
        return nextInterval;
    }

    void nextInterval(Instant at) {
        nextInterval = at;
    }

    /** How long what is answered now may be kept: until the next interval, which may bring something else. */
    Freshness freshness() {
        return new Freshness(wall.instant(), nextInterval);
    }

    /** The moment in which a query is answered. */
    Queries.Moment moment() {
        MarketTime time = clock();
        Duration step = settings.interval().multipliedBy(time.acceleration());
        return new Queries.Moment(time.now(), step, freshness());
    }

    MarketStatus status() {
        MarketTime time = clock();
        List<Capabilities> sources = order;
        return new MarketStatus(
                time.now(),
                time.acceleration(),
                settings.interval(),
                nextInterval,
                open,
                sources.isEmpty() ? "" : sources.get(0).id());
    }
}
