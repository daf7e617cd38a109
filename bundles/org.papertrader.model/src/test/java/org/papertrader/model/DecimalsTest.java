package org.papertrader.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "1.", ".5", "+1", "1e3", " 1", "1 ", "1,5", "0x1", "1.2.3", "--1", "NaN", "١"})
    void whatIsNoPlainNumberIsRefused(String text) {
        assertThatThrownBy(() -> Quantity.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void digitsThatDoNotFitAreRefused() {
        assertThat(Quantity.parse("0.00000001").mantissa()).isEqualTo(1);
        assertThat(Quantity.parse("0.000000010").mantissa())
                .as("a zero more is no digit more")
                .isEqualTo(1);
        assertThatThrownBy(() -> Quantity.parse("0.000000001")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantity.parse("92233720368.54775808")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Quantity.parse("92233720368.54775807").mantissa()).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> Quantity.parse("9".repeat(50))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsPlainAndReadsBack() {
        assertThat(new Price(0)).hasToString("0");
        assertThat(Price.parse("-0.5")).hasToString("-0.5");
        assertThat(Price.parse("1000000")).hasToString("1000000");
        assertThat(Money.parse("12.3400")).hasToString("12.34");
    }

    @Test
    void aProductIsRoundedOnceHalfEvenLikeBigDecimal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            Price price = new Price(random.nextLong() >>> (1 + random.nextInt(62)));
            Quantity quantity = new Quantity(random.nextLong() >>> (1 + random.nextInt(62)));
            BigDecimal expected = price.toBigDecimal()
                    .multiply(quantity.toBigDecimal())
                    .setScale(Money.SCALE, RoundingMode.HALF_EVEN);
            if (expected.unscaledValue().bitLength() > 63) {
                assertThatThrownBy(() -> price.times(quantity))
                        .as("seed %d: %s x %s", seed, price, quantity)
                        .isInstanceOf(ArithmeticException.class);
            } else {
                assertThat(price.times(quantity).toBigDecimal())
                        .as("seed %d: %s x %s", seed, price, quantity)
                        .isEqualByComparingTo(expected);
            }
        }
    }

    @Test
    void rescalingRoundsHalfEvenLikeBigDecimal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            long mantissa = random.nextLong() >> random.nextInt(63);
            int from = random.nextInt(9);
            int to = random.nextInt(from + 1);
            assertThat(Decimals.rescale(mantissa, from, to))
                    .as("seed %d: %d from %d to %d", seed, mantissa, from, to)
                    .isEqualTo(BigDecimal.valueOf(mantissa, from)
                            .setScale(to, RoundingMode.HALF_EVEN)
                            .unscaledValue()
                            .longValueExact());
        }
    }

    @Test
    void overflowIsRefusedNeverWrapped() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Price(Long.MAX_VALUE).times(new Quantity(Long.MAX_VALUE)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aVolumeGivesUpDecimalsRatherThanOverflow() {
        assertThat(Volume.of(new BigDecimal("12.5"))).isEqualTo(new Volume(125, 1));
        assertThat(Volume.of(new BigDecimal("1000"))).isEqualTo(new Volume(1000, 0));
        assertThat(Volume.of(new BigDecimal("900000000000.12345678")).scale()).isEqualTo(7);
        assertThatThrownBy(() -> Volume.of(new BigDecimal("1e30"))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> new Volume(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
