package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Capabilities.Quota;
import org.papertrader.gate.Gate;
import org.papertrader.storage.api.MarketStore;

@Tag("PRO-17")
class QuotaLedgerTest {
    private final ManualClock wall = new ManualClock("2026-11-23T10:00:00Z");
    private final FakeStore store = new FakeStore();
    private final Gate<MarketStore> gate = new Gate<>("store");

    @BeforeEach
    void bindStore() {
        gate.bind(store, Map.of());
    }

    private QuotaLedger ledger() {
        return new QuotaLedger(wall, new StoreAccess(gate));
    }

    private static Capabilities source(Quota... quotas) {
        return new FakeSource("limited").limited(1, quotas).capabilities;
    }

    @Test
    void aSourceWithoutLimitsIsAlwaysFree() {
        assertThat(ledger().take(source())).isEmpty();
        assertThat(ledger().left(source())).isEmpty();
    }

    @Test
    void everyWindowHoldsAtOnce() {
        Capabilities source = source(new Quota(2, Duration.ofMinutes(1)), new Quota(3, Duration.ofDays(1)));
        QuotaLedger ledger = ledger();
        assertThat(ledger.take(source)).isEmpty();
        assertThat(ledger.take(source)).isEmpty();
        assertThat(ledger.take(source)).as("the minute is used up").isPresent();
        wall.advance(Duration.ofMinutes(2));
        assertThat(ledger.take(source)).isEmpty();
        wall.advance(Duration.ofMinutes(2));
        assertThat(ledger.left(source)).hasValue(0);
        assertThat(ledger.take(source)).as("the day is used up").hasValueSatisfying(at -> assertThat(at)
                .isAfter(wall.instant().plus(Duration.ofHours(20))));
    }

    @Test
    void aRestartDoesNotResetABudget() {
        Capabilities source = source(new Quota(25, Duration.ofDays(1)));
        QuotaLedger ledger = ledger();
        for (int i = 0; i < 25; i++) {
            assertThat(ledger.take(source)).isEmpty();
        }
        assertThat(ledger().take(source)).isPresent();
        wall.advance(Duration.ofDays(2));
        assertThat(ledger().take(source)).isEmpty();
    }

    @Test
    void aBudgetThatCannotBeReadIsNotSpent() {
        store.down = true;
        Capabilities source = source(new Quota(25, Duration.ofDays(1)));
        QuotaLedger ledger = ledger();
        assertThat(ledger.take(source)).isPresent();
        store.down = false;
        assertThat(ledger.take(source)).isEmpty();
    }

    @Test
    void noWindowAnywhereHoldsMoreThanTheLimit() {
        long seed = 99;
        Random random = new Random(seed);
        Duration window = Duration.ofMinutes(1);
        int limit = 7;
        Capabilities source = source(new Quota(limit, window));
        QuotaLedger ledger = ledger();
        List<Instant> taken = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            wall.advance(Duration.ofMillis(random.nextInt(2_000)));
            if (step % 500 == 0) {
                ledger = ledger();
            }
            if (ledger.take(source).isEmpty()) {
                taken.add(wall.instant());
            }
        }
        for (int i = limit; i < taken.size(); i++) {
            assertThat(Duration.between(taken.get(i - limit), taken.get(i)))
                    .as("seed %d call %d", seed, i)
                    .isGreaterThanOrEqualTo(window);
        }
        assertThat(taken).as("and the budget is put to use").hasSizeGreaterThan(20_000 / 60 * limit * 8 / 10);
    }

    @Test
    void theTimeItNamesIsWhenACallIsFree() {
        Capabilities source = source(new Quota(1, Duration.ofMinutes(1)));
        QuotaLedger ledger = ledger();
        ledger.take(source);
        Instant free = ledger.take(source).orElseThrow();
        wall.set(free.minusMillis(1));
        assertThat(ledger.take(source)).isPresent();
        wall.set(free);
        assertThat(ledger.take(source)).isEmpty();
    }
}
