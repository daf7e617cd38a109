package org.papertrader.model;

import java.math.BigDecimal;

/**
 * What one unit of an asset costs, exact to 8 decimals, in the installation's currency.
 *
 * @param mantissa the value times 10^8
 */
public record Price(long mantissa) implements Comparable<Price> {
    /** Digits after the decimal point. */
    public static final int SCALE = 8;

    /** Nothing. */
    public static final Price ZERO = new Price(0);

    /** Parses plain decimal text; see {@link Decimals#parse}. */
    public static Price parse(String text) {
        return new Price(parseMantissa(text));
    }

    /** Rounds half-even to 8 decimals; throws {@link ArithmeticException} when it does not fit. */
    public static Price of(BigDecimal value) {
        return new Price(Decimals.rounded(value, SCALE));
    }

    private static long parseMantissa(String text) {
        try {
            return Decimals.parse(text, SCALE);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("number too large: '" + text + "'", e);
        }
    }

    /** The same value as a {@link BigDecimal}. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(mantissa, SCALE);
    }

    /** True when greater than zero. */
    public boolean isPositive() {
        return mantissa > 0;
    }

    /** Price times quantity, rounded once, half-even, to money's scale. */
    public Money times(Quantity quantity) {
        return new Money(Decimals.multiply(mantissa, quantity.mantissa(), SCALE + Quantity.SCALE, Money.SCALE));
    }

    @Override
    public int compareTo(Price other) {
        return Long.compare(mantissa, other.mantissa);
    }

    /** Plain text without trailing zeros. */
    @Override
    public String toString() {
        return Decimals.toText(mantissa, SCALE);
    }
}
