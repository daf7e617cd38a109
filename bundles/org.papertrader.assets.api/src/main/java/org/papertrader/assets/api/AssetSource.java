package org.papertrader.assets.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;
import org.papertrader.model.Symbol;

/**
 * A provider of assets and their prices (CARD-8): the one interface that an integrator implements. Register it as an
 * OSGi service; the master finds it, orders it by {@code service.ranking}, and asks it at every update interval.
 *
 * <p>Methods are called from a pool of the master's, several at once; they may block, but the caller gives up on an
 * answer after {@link Capabilities#timeout}. They never throw for what a provider can answer: failures are per symbol,
 * as {@link SymbolResult.Failed}, so that a partial answer survives. A source keeps no quota of its own: the master
 * keeps one, from {@link Capabilities#quotas}.
 */
@ConsumerType
public interface AssetSource {
    /** What this source can do; constant while the service is registered. */
    Capabilities capabilities();

    /** Every asset that the source lists, at most 100,000 (MST-23). Throws {@link SourceException} when it cannot. */
    List<AssetListing> list();

    /**
     * The latest bar of each symbol whose {@code end} is not after {@code asOf}.
     *
     * @param symbols at most {@link Capabilities#symbolsPerCallMax}
     * @param asOf market time; never answer with anything later
     * @return one result per symbol, in any order
     */
    List<SymbolResult> latest(Set<Symbol> symbols, Instant asOf);

    /** Bars of one symbol in a range; see {@link BarRequest}. */
    SymbolResult bars(BarRequest request);
}
