package org.papertrader.trading.internal;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.gate.Gate;
import org.papertrader.gate.Lease;
import org.papertrader.marketdata.api.MarketClock;
import org.papertrader.marketdata.api.Prices;

/** Reads both clocks, the prices and the rules together. Thread-safe. */
final class Moments {
    private final Clock wallClock;
    private final Gate<MarketClock> marketClock;
    private final Gate<Prices> prices;
    private final Supplier<TradingSettings> settings;

    Moments(Clock wallClock, Gate<MarketClock> marketClock, Gate<Prices> prices, Supplier<TradingSettings> settings) {
        this.wallClock = wallClock;
        this.marketClock = marketClock;
        this.prices = prices;
        this.settings = settings;
    }

    /** This moment without prices; nothing to close. */
    Moment now() {
        return new Moment(wall(), market(), null, settings.get());
    }

    /** This moment with prices, if there are any; to be closed soon. */
    Moment withPrices() {
        return new Moment(wall(), market(), prices.tryLease(), settings.get());
    }

    private Instant wall() {
        return wallClock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable Instant market() {
        Lease<MarketClock> lease = marketClock.tryLease();
        if (lease == null) {
            return null;
        }
        try (lease) {
            return upToMicros(lease.service().now());
        }
    }

    /** Never before the given time: what could be seen at that time must not count as later. */
    static Instant upToMicros(Instant time) {
        Instant micros = time.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(time) ? micros : micros.plus(1, ChronoUnit.MICROS);
    }
}
