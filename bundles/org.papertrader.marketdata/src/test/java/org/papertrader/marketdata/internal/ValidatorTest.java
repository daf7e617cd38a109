package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.marketdata.internal.TestBars.XYZ;
import static org.papertrader.marketdata.internal.TestBars.day;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Asset;

@Tag("MST-25")
class ValidatorTest {
    private static final Instant NOW = Instant.parse("2016-03-01T00:00:00Z");

    private final Validator validator = new Validator();
    private final Asset known = asset("2016-02-01", "100");

    @Test
    void aValueOfTheFutureIsHeldBack() {
        assertThat(validator.check(asset("2016-03-02", "100"), known, NOW, 3)).isPresent();
    }

    @Test
    void anAbsurdJumpIsHeldBackAndReported() {
        assertThat(check("2016-02-02", "299")).isEmpty();
        assertThat(check("2016-02-02", "300")).isPresent();
        assertThat(validator.lines()).singleElement().asString().contains("XYZ", "from 100 to 300");
        assertThat(check("2016-02-03", "33")).isPresent();
        assertThat(check("2016-02-03", "34")).isEmpty();
        assertThat(validator.lines()).isEmpty();
    }

    @Test
    void aRepeatedJumpConfirmsNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(check("2016-02-02", "14")).isPresent();
        }
    }

    @Test
    void laterValuesConfirmAJump() {
        assertThat(check("2016-02-02", "14")).isPresent();
        assertThat(check("2016-02-03", "14.2")).isPresent();
        assertThat(check("2016-02-04", "13.9")).isPresent();
        assertThat(check("2016-02-05", "14.1")).isEmpty();
    }

    @Test
    void afterAMonthWithoutValuesNothingIsAJump() {
        assertThat(validator.check(asset("2016-02-29", "1000"), asset("2016-01-01", "1"), NOW, 3))
                .isEmpty();
    }

    @Test
    void theFirstValueIsNoJump() {
        assertThat(validator.check(asset("2016-02-02", "1000"), null, NOW, 3)).isEmpty();
    }

    @Test
    void whatIsNoLongerRetrievedIsForgotten() {
        check("2016-02-02", "14");
        validator.retain(Set.of());
        assertThat(validator.size()).isZero();
    }

    private Optional<String> check(String date, String close) {
        return validator.check(asset(date, close), known, NOW, 3);
    }

    private static Asset asset(String date, String close) {
        return new Asset(XYZ, day(date, close), "fake");
    }
}
