package org.papertrader.model;

import org.jspecify.annotations.Nullable;

/**
 * Units of one asset in a portfolio.
 *
 * @param symbol the asset
 * @param quantity units held, zero for a position that was closed and still shows its realised profit
 * @param reserved units promised to open sell orders, at most {@code quantity}
 * @param costBasis what the held units cost
 * @param realisedProfit profit of all sales so far
 * @param lastPrice the price at which it is valued, or null while there is none
 * @param marketValue quantity times last price; zero while there is no price
 */
public record Position(
        Symbol symbol,
        Quantity quantity,
        Quantity reserved,
        Money costBasis,
        Money realisedProfit,
        @Nullable Price lastPrice,
        Money marketValue) {

    /** Market value less cost; zero while there is no price. */
    public Money unrealisedProfit() {
        return lastPrice == null ? Money.ZERO : marketValue.minus(costBasis);
    }
}
