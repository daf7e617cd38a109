package org.papertrader.marketdata.api;

import java.util.List;
import org.papertrader.model.Asset;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Refusal;
import org.papertrader.model.Symbol;

/** The answer to a {@link MarketQuery}. */
public sealed interface MarketReply {
    /** Answers {@link MarketQuery.Info}. */
    record Info(AssetInfo info, Freshness freshness) implements MarketReply {}

    /** Answers {@link MarketQuery.Current}. */
    record Current(Asset asset, Freshness freshness) implements MarketReply {}

    /**
     * Answers the queries of a series.
     *
     * @param bars oldest first, at most {@link #ROWS_MAX}; empty when there are none in the period
     * @param source where the values came from; empty when there are none
     */
    record Series(Symbol symbol, List<Bar> bars, String source, Freshness freshness) implements MarketReply {
        /** Most bars of one reply; the newest are kept. */
        public static final int ROWS_MAX = 100_000;

        public Series {
            bars = List.copyOf(bars);
        }
    }

    /** Answers {@link MarketQuery.Predicted}. */
    record Predicted(Prediction prediction, Freshness freshness) implements MarketReply {}

    /** No answer, and why: unknownAsset, noValue, badDate, sourceUnavailable. */
    record Refused(Refusal refusal) implements MarketReply {}
}
