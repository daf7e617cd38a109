package org.papertrader.assets.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

/** What a source answers for one symbol: bars, or why not. */
public sealed interface SymbolResult {
    /** The symbol that was asked for. */
    Symbol symbol();

    /**
     * The bars, raw as traded, oldest first; empty when there are none in the range.
     *
     * @param open false when the source knows that the asset's exchange is closed now (nothing to retrieve, MST-24)
     */
    record Bars(Symbol symbol, List<Bar> bars, boolean open) implements SymbolResult {
        public Bars {
            bars = List.copyOf(bars);
        }
    }

    /**
     * Why there are no bars.
     *
     * @param fault what went wrong
     * @param text for the operator's log, without secrets
     * @param retryAt earliest wall time of the next try, or null
     */
    record Failed(
            Symbol symbol,
            Fault fault,
            String text,
            @Nullable Instant retryAt) implements SymbolResult {}

    /** What went wrong, which decides what the master does about it. */
    enum Fault {
        /** The source knows no such symbol; may be remembered. */
        UNKNOWN_SYMBOL,
        /** The symbol exists and has no data for the request. */
        EMPTY,
        /** Too fast: wait, then try again. */
        RATE_LIMITED,
        /** The budget of the window is used up: another source takes over. */
        QUOTA_EXHAUSTED,
        /** Key wrong or missing. */
        AUTH,
        /** The plan does not include this. */
        NOT_ENTITLED,
        /** The provider banned this address: stop all calls. */
        BANNED,
        /** The answer could not be understood or is not plausible. */
        MALFORMED,
        /** Network or server fault: try again. */
        TRANSIENT
    }
}
