package org.papertrader.assets.simulated.internal;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.testkit.AssetSourceContract;
import org.papertrader.model.Symbol;

class SimulatedSourceContractTest extends AssetSourceContract {
    @Override
    protected AssetSource source() {
        return new SimulatedSource(7, List.copyOf(knownSymbols()));
    }

    @Override
    protected Set<Symbol> knownSymbols() {
        return Set.of(new Symbol("SIMA"), new Symbol("SIMB"), new Symbol("SIMC"));
    }

    @Override
    protected Instant asOf() {
        return Instant.parse("2026-11-19T18:20:30Z");
    }
}
