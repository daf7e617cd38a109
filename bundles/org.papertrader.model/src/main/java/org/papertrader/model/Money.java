package org.papertrader.model;

import java.math.BigDecimal;

/**
 * An amount in the installation's currency, exact to 4 decimals.
 *
 * @param mantissa the value times 10^4
 */
public record Money(long mantissa) implements Comparable<Money> {
    /** Digits after the decimal point. */
    public static final int SCALE = 4;

    /** Nothing. */
    public static final Money ZERO = new Money(0);

    /** Parses plain decimal text; see {@link Decimals#parse}. */
    public static Money parse(String text) {
        return new Money(parseMantissa(text));
    }

    /** Rounds half-even to 4 decimals; throws {@link ArithmeticException} when it does not fit. */
    public static Money of(BigDecimal value) {
        return new Money(Decimals.rounded(value, SCALE));
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

    /** Exact sum; throws {@link ArithmeticException} on overflow. */
    public Money plus(Money other) {
        return new Money(Math.addExact(mantissa, other.mantissa));
    }

    /** Exact difference; throws {@link ArithmeticException} on overflow. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(mantissa, other.mantissa));
    }

    /** The value with its sign turned. */
    public Money negated() {
        return new Money(Math.negateExact(mantissa));
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(mantissa, other.mantissa);
    }

    /** Plain text without trailing zeros. */
    @Override
    public String toString() {
        return Decimals.toText(mantissa, SCALE);
    }
}
