package org.papertrader.model;

import java.math.BigDecimal;

/**
 * How many units of an asset, exact to 8 decimals.
 *
 * @param mantissa the value times 10^8
 */
public record Quantity(long mantissa) implements Comparable<Quantity> {
    /** Digits after the decimal point. */
    public static final int SCALE = 8;

    /** Nothing. */
    public static final Quantity ZERO = new Quantity(0);

    /** Parses plain decimal text; see {@link Decimals#parse}. */
    public static Quantity parse(String text) {
        return new Quantity(parseMantissa(text));
    }

    /** Rounds half-even to 8 decimals; throws {@link ArithmeticException} when it does not fit. */
    public static Quantity of(BigDecimal value) {
        return new Quantity(Decimals.rounded(value, SCALE));
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
    public Quantity plus(Quantity other) {
        return new Quantity(Math.addExact(mantissa, other.mantissa));
    }

    /** Exact difference; throws {@link ArithmeticException} on overflow. */
    public Quantity minus(Quantity other) {
        return new Quantity(Math.subtractExact(mantissa, other.mantissa));
    }

    /** The value with its sign turned. */
    public Quantity negated() {
        return new Quantity(Math.negateExact(mantissa));
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(mantissa, other.mantissa);
    }

    /** Plain text without trailing zeros. */
    @Override
    public String toString() {
        return Decimals.toText(mantissa, SCALE);
    }
}
