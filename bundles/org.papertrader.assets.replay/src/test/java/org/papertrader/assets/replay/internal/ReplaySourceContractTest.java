package org.papertrader.assets.replay.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Set;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.testkit.AssetSourceContract;
import org.papertrader.model.Symbol;

class ReplaySourceContractTest extends AssetSourceContract {
    @Override
    protected AssetSource source() {
        try {
            return new ReplaySource(EmbeddedData.load(SessionTimes.parse("America/New_York", "16:00"))
                    .library());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Set<Symbol> knownSymbols() {
        return Set.of(new Symbol("AAPL"), new Symbol("TSLA"), new Symbol("GOOGL"), new Symbol("COKE"));
    }

    @Override
    protected Instant asOf() {
        return Instant.parse("2016-11-17T15:00:00Z");
    }
}
