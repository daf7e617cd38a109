package org.papertrader.trading.internal;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.papertrader.model.Decimals;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;

/**
 * Amounts of money on mantissas, each rounded once, half-even. All throw {@link ArithmeticException} when a result does
 * not fit. Whole units, the common case, never leave 64 bits.
 */
final class Amounts {
    private static final long UNIT = 100_000_000;
    private static final int PRODUCT_SCALE = Price.SCALE + Quantity.SCALE;

    private Amounts() {}

    /** Price times quantity. */
    static long cost(long price, long quantity) {
        if (quantity % UNIT == 0 && fits(price, quantity / UNIT)) {
            return Decimals.rescale(price * (quantity / UNIT), Price.SCALE, Money.SCALE);
        }
        return Decimals.multiply(price, quantity, PRODUCT_SCALE, Money.SCALE);
    }

    /** Price times quantity times (1 + percent / 100). */
    static long withMargin(long price, long quantity, int percent) {
        long factor = 100L + percent;
        if (quantity % UNIT == 0 && fits(price, quantity / UNIT) && fits(price * (quantity / UNIT), factor)) {
            return Decimals.rescale(price * (quantity / UNIT) * factor, Price.SCALE + 2, Money.SCALE);
        }
        BigInteger product =
                BigInteger.valueOf(price).multiply(BigInteger.valueOf(quantity)).multiply(BigInteger.valueOf(factor));
        return Decimals.rounded(new BigDecimal(product, PRODUCT_SCALE + 2), Money.SCALE);
    }

    /** The part of a cost basis that belongs to {@code sold} of {@code held} units; the last unit takes the rest. */
    static long costPart(long costBasis, long sold, long held) {
        if (sold == held) {
            return costBasis;
        }
        return new BigDecimal(BigInteger.valueOf(costBasis).multiply(BigInteger.valueOf(sold)))
                .divide(BigDecimal.valueOf(held), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private static boolean fits(long left, long right) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        return (high == 0 && low >= 0) || (high == -1 && low < 0);
    }
}
