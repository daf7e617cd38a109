package org.papertrader.marketdata.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checked configuration.
 *
 * @param symbols which assets to retrieve (VAR-1)
 * @param interval how often, in wall time (VAR-4)
 * @param marketStart where a replay begins on its first start; empty for a year after its first bar
 * @param acceleration market seconds per wall second of a replay
 * @param preference source ids, the preferred first; others follow by service ranking
 * @param jumpFactor a price that is more than this many times the last one, or less than that part of it, is held back
 */
record Settings(
        SymbolSelection symbols,
        Duration interval,
        Optional<Instant> marketStart,
        int acceleration,
        List<String> preference,
        int jumpFactor) {
    static final long INTERVAL_MILLIS_MIN = 100;
    static final long INTERVAL_MILLIS_MAX = 7 * 86_400_000L;
    static final int ACCELERATION_MAX = 1_000_000;

    Settings {
        preference = List.copyOf(preference);
        if (interval.toMillis() < INTERVAL_MILLIS_MIN || interval.toMillis() > INTERVAL_MILLIS_MAX) {
            throw new IllegalArgumentException("intervalMs must be " + INTERVAL_MILLIS_MIN + " to "
                    + INTERVAL_MILLIS_MAX + ", not " + interval.toMillis());
        }
        if (acceleration < 1 || acceleration > ACCELERATION_MAX) {
            throw new IllegalArgumentException(
                    "acceleration must be 1 to " + ACCELERATION_MAX + ", not " + acceleration);
        }
        if (jumpFactor < 2) {
            throw new IllegalArgumentException("jumpFactor must be 2 or more, not " + jumpFactor);
        }
    }

    /** Checks a configuration; throws {@link IllegalArgumentException} that names what is wrong. */
    static Settings of(MarketDataComponent.Config config) {
        return new Settings(
                SymbolSelection.parse(List.of(config.symbols())),
                Duration.ofMillis(config.intervalMs()),
                instant(config.marketStart()),
                config.acceleration(),
                Stream.of(config.sourcePreference())
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .toList(),
                config.jumpFactor());
    }

    private static Optional<Instant> instant(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("marketStart is no instant such as 2016-01-04T00:00:00Z: " + text, e);
        }
    }
}
