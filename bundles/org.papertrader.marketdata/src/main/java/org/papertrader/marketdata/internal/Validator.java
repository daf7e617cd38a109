package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between sources and the rest: what looks wrong is held back and reported. (What is not even a price, such as
 * NaN, zero or a negative one, no {@link Bar} can hold.) A jump is believed when several later values confirm it.
 * Checked by the interval thread; shown to any.
 */
final class Validator {
    /** How many later values must be near a jump until it is believed. */
    static final int CONFIRMATIONS = 3;

    /** How old the last value may be for a new one to be a jump at all. */
    static final Duration JUMP_MEMORY = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Validator.class);

    private final Map<Symbol, Held> quarantine = new ConcurrentHashMap<>();

    /** The reason why a value is held back; empty when it is good. */
    Optional<String> check(Asset offered, @Nullable Asset known, Instant marketNow, int jumpFactor) {
        Bar bar = offered.bar();
        if (bar.end().isAfter(marketNow)) {
            return report(offered, "its time " + bar.end() + " is after market time " + marketNow);
        }
        if (known == null || !isJump(known.bar().close(), bar.close(), jumpFactor) || isLongAgo(known.bar(), bar)) {
            quarantine.remove(offered.symbol());
            return Optional.empty();
        }
        Held held = quarantine.get(offered.symbol());
        if (held != null && bar.end().equals(held.bar().end())) {
            return Optional.of(held.reason());
        }
        int confirmations =
                held == null || isJump(held.bar().close(), bar.close(), jumpFactor) ? 0 : held.confirmations() + 1;
        if (confirmations >= CONFIRMATIONS) {
            quarantine.remove(offered.symbol());
            LOG.warn("{}: the jump to {} was confirmed and is believed", offered.symbol(), bar.close());
            return Optional.empty();
        }
        String reason = "close jumps from " + known.bar().close() + " to " + bar.close();
        quarantine.put(offered.symbol(), new Held(bar, offered.source(), confirmations, reason));
        return report(offered, reason);
    }

    private static boolean isLongAgo(Bar known, Bar offered) {
        return Duration.between(known.end(), offered.end()).compareTo(JUMP_MEMORY) > 0;
    }

    private static boolean isJump(Price from, Price to, int factor) {
        return to.mantissa() / factor >= from.mantissa() || from.mantissa() / factor >= to.mantissa();
    }

    private static Optional<String> report(Asset offered, String reason) {
        LOG.warn("{} of {} is held back: {}", offered.symbol(), offered.source(), reason);
        return Optional.of(reason);
    }

    /** Drops what is held back of a symbol that is no longer retrieved. */
    void retain(Set<Symbol> symbols) {
        quarantine.keySet().retainAll(symbols);
    }

    int size() {
        return quarantine.size();
    }

    /** One line for each value that is held back. */
    List<String> lines() {
        return new TreeMap<>(quarantine)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " of " + entry.getValue().source() + ": "
                                + entry.getValue().reason())
                        .toList();
    }

    private record Held(Bar bar, String source, int confirmations, String reason) {}
}
