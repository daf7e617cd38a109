package org.papertrader.marketdata.internal;

import org.papertrader.assets.api.SymbolResult;

/** What the fault of one symbol means for its source. */
final class Faults {
    private Faults() {}

    static void note(SourceState state, SymbolResult.Failed failed) {
        switch (failed.fault()) {
            case UNKNOWN_SYMBOL, NOT_ENTITLED -> state.noteUnknown(failed.symbol());
            case RATE_LIMITED, QUOTA_EXHAUSTED, AUTH, BANNED ->
                state.failed(failed.fault(), failed.symbol() + " " + failed.text(), failed.retryAt());
            case EMPTY, MALFORMED, TRANSIENT -> {
                // Concerns the symbol alone; it is asked for again at the next interval.
            }
        }
    }
}
