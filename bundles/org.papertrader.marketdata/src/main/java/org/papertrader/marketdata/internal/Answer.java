package org.papertrader.marketdata.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.papertrader.assets.api.SymbolResult;

/** What became of a call to a source. */
sealed interface Answer<R> {
    /** The source answered; single symbols may have failed nevertheless. */
    record Got<R>(R value) implements Answer<R> {}

    /**
     * There is no answer.
     *
     * @param retryAt earliest wall time of the next try, or null
     */
    record None<R>(
            SymbolResult.Fault fault, String text, @Nullable Instant retryAt) implements Answer<R> {}
}
