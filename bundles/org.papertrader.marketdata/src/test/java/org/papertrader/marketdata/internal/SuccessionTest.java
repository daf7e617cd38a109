package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two versions of the bundle side by side. */
@Timeout(60)
class SuccessionTest {
    private final FakeSource real = TestBars.replay();
    private final EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    @Test
    @Tag("CARD-4")
    @Tag("MST-30")
    void ofTwoVersionsOnlyTheNewerRunsIntervalsUntilItLeaves() throws InterruptedException {
        Recorder older = Recorder.at(fixture);
        fixture.source(real, 0).start(EngineFixture.settings());
        EngineFixture newerFixture = new EngineFixture(fixture.wall, fixture.store);
        Recorder newer = Recorder.at(newerFixture);
        newerFixture.source(real, 0).start(EngineFixture.settings());
        assertThat(newerFixture.succession.begun).hasValue(1);
        int before = older.ids.size();
        fixture.succession.superseded = true;
        fixture.runs(2);
        newerFixture.runs(2);
        assertThat(older.ids).hasSize(before);
        Map<String, String> states = Map.copyOf(fixture.store.states);

        newerFixture.close();
        assertThat(fixture.store.states)
                .as("what the newer one stores at its end")
                .isNotEqualTo(states);
        fixture.succession.superseded = false;
        fixture.runs(2);

        assertThat(older.ids).hasSize(before + 2).isSorted().doesNotHaveDuplicates();
        assertThat(older.ids.get(before)).isGreaterThan(newer.ids.get(newer.ids.size() - 1));
    }

    @Test
    @Tag("CARD-4")
    void oneThatIsSupersededStoresNothingAtItsEnd() throws InterruptedException {
        fixture.source(real, 0).start(EngineFixture.settings());
        Map<String, String> states = Map.copyOf(fixture.store.states);
        fixture.succession.superseded = true;

        fixture.close();

        assertThat(fixture.store.states).isEqualTo(states);
    }
}
