package org.papertrader.model;

import java.time.Instant;
import java.util.List;

/**
 * DS-4: what an account owns.
 *
 * @param owner whose it is
 * @param cash all cash, reserved cash included, never negative
 * @param reservedCash held for open buy orders, at most {@code cash}
 * @param version grows with every change of the account's money
 * @param positions by symbol, in order of symbol
 * @param asOf market time of the valuation
 */
public record Portfolio(
        UserName owner, Money cash, Money reservedCash, long version, List<Position> positions, Instant asOf) {
    public Portfolio {
        positions = List.copyOf(positions);
    }

    /** Cash plus the market value of all positions. */
    public Money totalValue() {
        return positions.stream().map(Position::marketValue).reduce(cash, Money::plus);
    }
}
