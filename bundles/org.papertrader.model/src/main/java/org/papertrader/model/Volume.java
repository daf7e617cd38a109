package org.papertrader.model;

import java.math.BigDecimal;

/**
 * Traded volume of a bar. It has a scale of its own, because some assets trade more units than 64 bits hold at eight
 * decimals.
 *
 * @param mantissa the value times 10^scale, not negative
 * @param scale digits after the point, 0 to {@link Decimals#SCALE_MAX}
 */
public record Volume(long mantissa, int scale) {
    /** No volume. */
    public static final Volume ZERO = new Volume(0, 0);

    public Volume {
        if (mantissa < 0 || scale < 0 || scale > Decimals.SCALE_MAX) {
            throw new IllegalArgumentException("volume must not be negative, scale 0 to 8: " + mantissa + "e-" + scale);
        }
    }

    /** The value with as many of its decimals as fit, at most eight, rounded half-even. */
    public static Volume of(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        for (int scale = Math.max(0, Math.min(Decimals.SCALE_MAX, stripped.scale())); ; scale--) {
            try {
                return new Volume(Decimals.rounded(stripped, scale), scale);
            } catch (ArithmeticException e) {
                if (scale == 0) {
                    throw e;
                }
            }
        }
    }

    /** The sum, at the finer of both scales where it fits, else at the coarser. */
    public Volume plus(Volume other) {
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    /** The same value as a {@link BigDecimal}. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(mantissa, scale);
    }

    /** Plain text without trailing zeros. */
    @Override
    public String toString() {
        return Decimals.toText(mantissa, scale);
    }
}
