package org.papertrader.trading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Money;
import org.papertrader.model.Price;
import org.papertrader.model.Quantity;

class AmountsTest {
    @Test
    void roundsOnceHalfEven() {
        assertThat(cost("0.00005", "1")).isEqualTo(Money.ZERO);
        assertThat(cost("0.00015", "1")).isEqualTo(Money.parse("0.0002"));
        assertThat(cost("0.00025", "1")).isEqualTo(Money.parse("0.0002"));
        assertThat(cost("3.33333333", "0.33333333")).isEqualTo(Money.parse("1.1111"));
    }

    @Test
    void agreesWithExactArithmetic() {
        long seed = 20260302;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long price = 1 + random.nextLong(100_000_000_000L);
            long quantity =
                    random.nextBoolean() ? (1 + random.nextInt(10_000)) * 100_000_000L : 1 + random.nextLong(1L << 40);
            int percent = random.nextInt(20);
            BigDecimal exact = new Price(price).toBigDecimal().multiply(new Quantity(quantity).toBigDecimal());
            String with = "seed " + seed + " price " + price + " quantity " + quantity + " percent " + percent;
            assertThat(Amounts.cost(price, quantity)).as(with).isEqualTo(rounded(exact));
            BigDecimal margin =
                    exact.multiply(BigDecimal.valueOf(100L + percent)).movePointLeft(2);
            assertThat(Amounts.withMargin(price, quantity, percent)).as(with).isEqualTo(rounded(margin));
        }
    }

    @Test
    void theLastUnitTakesTheRestOfTheCost() {
        assertThat(Amounts.costPart(100, 1, 3)).isEqualTo(33);
        assertThat(Amounts.costPart(67, 1, 2)).isEqualTo(34);
        assertThat(Amounts.costPart(33, 1, 1)).isEqualTo(33);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> Amounts.cost(Long.MAX_VALUE, Long.MAX_VALUE)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amounts.withMargin(Long.MAX_VALUE, Long.MAX_VALUE, 5))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amounts.withMargin(Long.MAX_VALUE, 100_000_000L * 10_000, 5))
                .isInstanceOf(ArithmeticException.class);
    }

    private static Money cost(String price, String quantity) {
        return new Money(Amounts.cost(
                Price.parse(price).mantissa(), Quantity.parse(quantity).mantissa()));
    }

    private static long rounded(BigDecimal value) {
        return value.setScale(Money.SCALE, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }
}
