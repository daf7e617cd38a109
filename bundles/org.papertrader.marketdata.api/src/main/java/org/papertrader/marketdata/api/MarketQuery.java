package org.papertrader.marketdata.api;

import java.time.Instant;
import org.papertrader.model.Symbol;

/** What may be asked of an asset's values (PRO-13). Instants are market time. */
public sealed interface MarketQuery {
    /** The asset. */
    Symbol symbol();

    /** What is known of the asset. */
    record Info(Symbol symbol) implements MarketQuery {}

    /** The latest values that the master has. */
    record Current(Symbol symbol) implements MarketQuery {}

    /** The 24 hours up to the instant, at the frequency of the update interval where the source has it. */
    record Day(Symbol symbol, Instant until) implements MarketQuery {}

    /** The 7 days up to the instant, by day. */
    record Week(Symbol symbol, Instant until) implements MarketQuery {}

    /** The past month up to the instant, by day. */
    record Month(Symbol symbol, Instant until) implements MarketQuery {}

    /** The past year up to the instant, by month. */
    record Year(Symbol symbol, Instant until) implements MarketQuery {}

    /** All that is stored, by month. */
    record AllTime(Symbol symbol) implements MarketQuery {}

    /** The predicted value at a market time after now. */
    record Predicted(Symbol symbol, Instant target) implements MarketQuery {}
}
