package org.papertrader.marketdata.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the sources for the latest values (MST-24): the preferred one first, and for each symbol that it cannot answer
 * the next. Used by the interval thread.
 */
final class Retrieval {
    /** How long an asset of a source with limits is left alone when its exchange was closed. */
    static final Duration CLOSED_RECHECK = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Retrieval.class);
    private static final int CALLS_AT_ONCE = 4;

    private final Sources sources;
    private final Universe universe;
    private final Validator validator;
    private final CurrentValues values;
    private final Clock wall;
    private final Map<Symbol, Long> lastRound = new HashMap<>();
    private final Map<Symbol, Instant> closedUntil = new HashMap<>();
    private long round;

    Retrieval(Sources sources, Universe universe, Validator validator, CurrentValues values, Clock wall) {
        this.sources = sources;
        this.universe = universe;
        this.validator = validator;
        this.values = values;
        this.wall = wall;
    }

    /**
     * What came.
     *
     * @param values good values, changed or not
     * @param answered how many symbols were answered, with good values or bad
     * @param anyOpen true when the exchange of some answered asset is open
     */
    record Result(List<Asset> values, int answered, boolean anyOpen) {}

    /** One round over all sources; {@code marketNow} is the latest time that a value may have. */
    Result retrieve(List<Capabilities> order, Instant marketNow, int jumpFactor) {
        round++;
        Round current = new Round(marketNow, jumpFactor);
        Set<Symbol> remaining = due();
        lastRound.keySet().retainAll(universe.wanted());
        closedUntil.keySet().retainAll(universe.wanted());
        validator.retain(universe.wanted());
        for (Capabilities source : order) {
            if (remaining.isEmpty()) {
                break;
            }
            SourceState state = sources.state(source.id());
            List<Symbol> asked = remaining.stream()
                    .filter(symbol -> universe.mayHave(source.id(), symbol) && !state.isUnknown(symbol))
                    .toList();
            current.ask(source, asked);
            remaining.removeAll(current.good);
        }
        return new Result(current.found, current.answered, current.anyOpen);
    }

    /** What to ask for, what was not asked for longest first, so that a small budget reaches every asset in turn. */
    private Set<Symbol> due() {
        Instant now = wall.instant();
        return new LinkedHashSet<>(universe.wanted().stream()
                .filter(symbol -> {
                    Instant closed = closedUntil.get(symbol);
                    return closed == null || !closed.isAfter(now);
                })
                .sorted(Comparator.comparing((Symbol symbol) -> lastRound.getOrDefault(symbol, 0L))
                        .thenComparing(Comparator.naturalOrder()))
                .toList());
    }

    /** The state of one round. */
    private final class Round {
        private final Instant marketNow;
        private final int jumpFactor;
        private final List<Asset> found = new ArrayList<>();
        private final Set<Symbol> good = new LinkedHashSet<>();
        private int answered;
        private boolean anyOpen;

        Round(Instant marketNow, int jumpFactor) {
            this.marketNow = marketNow;
            this.jumpFactor = jumpFactor;
        }

        void ask(Capabilities source, List<Symbol> symbols) {
            List<Set<Symbol>> parts = parts(symbols, source.symbolsPerCallMax());
            for (int from = 0; from < parts.size(); from += CALLS_AT_ONCE) {
                List<Set<Symbol>> wave = parts.subList(from, Math.min(parts.size(), from + CALLS_AT_ONCE));
                if (!askAtOnce(source, wave)) {
                    return;
                }
            }
        }

        /** False when the source cannot be asked any further now. */
        private boolean askAtOnce(Capabilities source, List<Set<Symbol>> wave) {
            List<Sources.Pending<List<SymbolResult>>> pending = new ArrayList<>();
            for (Set<Symbol> part : wave) {
                pending.add(sources.start(source, (AssetSource asked) -> asked.latest(part, marketNow)));
            }
            boolean goOn = true;
            for (int i = 0; i < wave.size(); i++) {
                if (pending.get(i).await() instanceof Answer.Got<List<SymbolResult>> got) {
                    take(source, wave.get(i), got.value());
                } else {
                    goOn = false;
                }
            }
            return goOn;
        }

        private void take(Capabilities source, Set<Symbol> asked, Collection<SymbolResult> results) {
            asked.forEach(symbol -> lastRound.put(symbol, round));
            for (SymbolResult result : results) {
                if (result == null || !asked.contains(result.symbol())) {
                    LOG.warn("{} answered what was not asked for: {}", source.id(), result);
                } else if (result instanceof SymbolResult.Failed failed) {
                    Faults.note(sources.state(source.id()), failed);
                } else if (result instanceof SymbolResult.Bars bars
                        && !bars.bars().isEmpty()) {
                    take(source, bars);
                }
            }
        }

        private void take(Capabilities source, SymbolResult.Bars answer) {
            Symbol symbol = answer.symbol();
            Bar newest = answer.bars().get(answer.bars().size() - 1);
            Asset asset = new Asset(symbol, newest, source.id());
            answered++;
            if (validator
                    .check(asset, values.get(symbol), marketNow, jumpFactor)
                    .isPresent()) {
                return;
            }
            good.add(symbol);
            found.add(asset);
            anyOpen |= answer.open();
            if (!answer.open() && !source.quotas().isEmpty()) {
                closedUntil.put(symbol, wall.instant().plus(CLOSED_RECHECK));
            }
        }
    }

    private static List<Set<Symbol>> parts(List<Symbol> symbols, int size) {
        List<Set<Symbol>> parts = new ArrayList<>();
        for (int from = 0; from < symbols.size(); from += size) {
            parts.add(Set.copyOf(symbols.subList(from, Math.min(symbols.size(), from + size))));
        }
        return parts;
    }
}
