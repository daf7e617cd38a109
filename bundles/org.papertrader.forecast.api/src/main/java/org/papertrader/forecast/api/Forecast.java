package org.papertrader.forecast.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Symbol;

/** Predicts an asset's value from its past. Pure computation: thread-safe, does not block. */
@ProviderType
public interface Forecast {
    /**
     * Predicts the value at {@code target}.
     *
     * @param daily daily bars, oldest first, the last one the latest known
     * @param target market time after the end of the last bar
     * @return empty when the history is too short to say anything
     */
    Optional<Prediction> predict(Symbol symbol, List<Bar> daily, Instant target);
}
