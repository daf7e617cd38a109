package org.papertrader.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Arithmetic on signed 64-bit mantissas with a decimal scale. Overflow is refused, never wrapped. */
public final class Decimals {
    /** Largest scale used anywhere in PaperTrader. */
    public static final int SCALE_MAX = 8;

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int TEXT_MAX = 40;

    private Decimals() {}

    /**
     * Parses plain decimal text such as {@code 12}, {@code -0.5} or {@code 3.14159265}: digits, at most one point with
     * digits on both sides, an optional leading minus; no exponent, no plus, no blanks.
     *
     * @throws IllegalArgumentException when the text is not such a number, has more decimals than {@code scale}, or
     *     does not fit into 64 bits
     */
    public static long parse(String text, int scale) {
        if (!isPlain(text)) {
            throw new IllegalArgumentException("not a plain decimal number: '" + abbreviated(text) + "'");
        }
        BigDecimal value = new BigDecimal(text);
        if (value.stripTrailingZeros().scale() > scale) {
            throw new IllegalArgumentException("more than " + scale + " decimals: '" + abbreviated(text) + "'");
        }
        return fit(value.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue());
    }

    /** Rounds half-even to {@code scale} and returns the mantissa; throws {@link ArithmeticException} on overflow. */
    public static long rounded(BigDecimal value, int scale) {
        return fit(value.setScale(scale, RoundingMode.HALF_EVEN).unscaledValue());
    }

    /** The product of two scaled numbers, rounded once, half-even, to {@code resultScale}. */
    public static long multiply(long left, long right, int scaleOfProduct, int resultScale) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        if ((high == 0 && low >= 0) || (high == -1 && low < 0)) {
            return rescale(low, scaleOfProduct, resultScale);
        }
        BigInteger product = BigInteger.valueOf(left).multiply(BigInteger.valueOf(right));
        return rounded(new BigDecimal(product, scaleOfProduct), resultScale);
    }

    /** Changes a mantissa from one scale to another, rounding half-even when digits are dropped. */
    public static long rescale(long mantissa, int fromScale, int toScale) {
        if (fromScale == toScale) {
            return mantissa;
        }
        if (fromScale < toScale) {
            return Math.multiplyExact(mantissa, power(toScale - fromScale));
        }
        if (fromScale - toScale > 18) {
            return rounded(BigDecimal.valueOf(mantissa, fromScale), toScale);
        }
        long divisor = power(fromScale - toScale);
        long quotient = mantissa / divisor;
        long remainder = Math.abs(mantissa % divisor);
        long half = divisor / 2;
        boolean away = remainder > half || (remainder == half && (quotient & 1) != 0);
        return away ? quotient + (mantissa < 0 ? -1 : 1) : quotient;
    }

    /** Plain text with trailing zeros after the point removed: {@code 12}, {@code -0.5}. */
    public static String toText(long mantissa, int scale) {
        BigDecimal value = BigDecimal.valueOf(mantissa, scale);
        return mantissa == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static long fit(BigInteger unscaled) {
        if (unscaled.compareTo(LONG_MIN) < 0 || unscaled.compareTo(LONG_MAX) > 0) {
            throw new ArithmeticException("number does not fit into 64 bits");
        }
        return unscaled.longValue();
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private static boolean isPlain(String text) {
        int length = text.length();
        int index = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (length - index == 0 || length > TEXT_MAX) {
            return false;
        }
        int points = 0;
        for (int first = index; index < length; index++) {
            char c = text.charAt(index);
            if (c == '.' && index > first && index < length - 1 && points == 0) {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static String abbreviated(String text) {
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }
}
