package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.marketdata.internal.TestBars.XYZ;
import static org.papertrader.marketdata.internal.TestBars.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.Capabilities.Quota;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.model.Symbol;

/** The choice among sources, their limits and what they may get wrong. */
@Tag("MST-24")
@Timeout(60)
class RetrievalTest {
    private static final Symbol A = new Symbol("A");
    private static final Symbol B = new Symbol("B");

    private final EngineFixture fixture = new EngineFixture();
    private final FakeSource first =
            new FakeSource("first").add(A, day("2026-11-20", "1")).add(B, day("2026-11-20", "1"));
    private final FakeSource second =
            new FakeSource("second").add(A, day("2026-11-20", "2")).add(B, day("2026-11-20", "2"));

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    private void start(Settings settings) {
        fixture.begin(settings);
        await().until(() -> {
            fixture.wall.advance(Duration.ofMillis(500));
            return fixture.ready.get() > 0;
        });
        fixture.run();
    }

    private String sourceOf(Symbol symbol) {
        return fixture.engine.current(symbol).source();
    }

    @Test
    void thePreferredSourceAnswersAndTheNextIsSpared() {
        fixture.source(second, 1).source(first, 2);
        start(EngineFixture.settings());
        assertThat(sourceOf(A)).isEqualTo("first");
        assertThat(second.latestCalls).isEmpty();
    }

    @Test
    void configurationBeatsRanking() {
        fixture.source(second, 1).source(first, 2);
        Settings base = EngineFixture.settings();
        start(new Settings(base.symbols(), base.interval(), Optional.empty(), 1, List.of("second"), 3));
        assertThat(sourceOf(A)).isEqualTo("second");
        assertThat(fixture.engine.status().get().source()).isEqualTo("second");
    }

    @Test
    void aSymbolThatOneSourceCannotAnswerIsAskedOfTheNext() {
        first.faults.put(B, Fault.TRANSIENT);
        fixture.source(second, 1).source(first, 2);
        start(EngineFixture.settings());
        assertThat(sourceOf(A)).isEqualTo("first");
        assertThat(sourceOf(B)).isEqualTo("second");
        assertThat(second.latestCalls).allSatisfy(asked -> assertThat(asked).containsExactly(B));
    }

    @Test
    void aSourceThatThrowsHangsOrAnswersNonsenseIsReplacedByTheNext() {
        AssetSource broken = new FakeSource("broken") {
            private int calls;

            @Override
            public List<SymbolResult> latest(Set<Symbol> symbols, Instant asOf) {
                return switch (calls++ % 4) {
                    case 0 -> throw new IllegalStateException("made up");
                    case 1 -> null;
                    case 2 -> List.of(new SymbolResult.Bars(XYZ, List.of(day("2026-11-20", "9")), true));
                    default -> List.of(new SymbolResult.Bars(A, List.of(day("2031-01-01", "9")), true));
                };
            }
        }.add(A).add(B);
        fixture.source(first, 1).source(broken, 2);
        start(EngineFixture.settings());
        for (int i = 0; i < 8; i++) {
            fixture.runs(1);
            assertThat(sourceOf(A)).isEqualTo("first");
            assertThat(fixture.engine.current(XYZ)).as("never asked for").isNull();
        }
    }

    @Test
    void aSourceThatHangsIsGivenUpAndLeftAloneForAWhile() {
        FakeSource hanging = new FakeSource("hanging").add(A).add(B);
        hanging.onLatest = () -> await().forever().until(() -> false);
        fixture.source(first, 1).source(hanging, 2);
        fixture.begin(EngineFixture.settings());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            fixture.wall.advance(Duration.ofMillis(200));
            return fixture.ready.get() > 0;
        });
        fixture.run();
        assertThat(sourceOf(A)).isEqualTo("first");
        assertThat(fixture.engine.report().troubles().toString()).contains("no answer within 2000 ms");
        int calls = hanging.latestCalls.size();
        fixture.run();
        fixture.run();
        assertThat(hanging.latestCalls).as("paused").hasSizeLessThanOrEqualTo(calls + 1);
    }

    @Test
    @Tag("PRO-17")
    void anUnknownSymbolIsNotAskedForAgainForAnHour() {
        fixture.source(first, 1);
        start(EngineFixture.settings("A", "GONE"));
        fixture.wall.advance(Duration.ofMinutes(10));
        fixture.run();
        assertThat(first.latestCalls.get(first.latestCalls.size() - 1)).containsExactly(A);
        fixture.wall.advance(SourceState.UNKNOWN_FOR);
        fixture.run();
        assertThat(first.latestCalls.get(first.latestCalls.size() - 1)).hasSize(2);
    }

    @Test
    void anExhaustedOrBannedSourceIsLeftAlone() {
        first.faults.put(A, Fault.BANNED);
        fixture.source(second, 1).source(first, 2);
        start(EngineFixture.settings());
        int calls = first.latestCalls.size();
        fixture.wall.advance(Duration.ofMinutes(10));
        fixture.run();
        assertThat(first.latestCalls).hasSize(calls);
        assertThat(sourceOf(A)).isEqualTo("second");
    }

    @Test
    @Tag("PRO-17")
    void aSmallBudgetReachesEveryAssetInTurn() {
        FakeSource limited = new FakeSource("limited").limited(1, new Quota(4, Duration.ofHours(1)));
        for (char c = 'A'; c <= 'H'; c++) {
            limited.add(new Symbol("" + c), day("2026-11-20", "1"));
        }
        fixture.source(limited, 0);
        fixture.begin(EngineFixture.settings());
        await().until(() -> {
            fixture.wall.advance(Duration.ofMillis(500));
            return fixture.ready.get() > 0;
        });
        for (int i = 0; i < 4; i++) {
            fixture.wall.advance(Duration.ofMinutes(70));
            fixture.run();
        }
        Set<Symbol> asked = new TreeSet<>();
        limited.latestCalls.forEach(asked::addAll);
        assertThat(asked).hasSize(8);
        assertThat(limited.latestCalls).as("one call went to the list").hasSizeLessThanOrEqualTo(3 + 4 * 4);
        assertThat(fixture.engine.report().sources().get(0).text(true))
                .contains("\"callsLeft\":0,")
                .doesNotContain("\"resets\":null");
    }

    @Test
    void anAssetWhoseExchangeIsClosedIsLeftAloneByLimitedSources() {
        first.limited(100, new Quota(1_000, Duration.ofDays(1))).open = false;
        fixture.source(first, 1);
        start(EngineFixture.settings());
        int calls = first.latestCalls.size();
        assertThat(fixture.engine.isMarketOpen()).isFalse();
        fixture.run();
        assertThat(first.latestCalls).hasSize(calls);
        fixture.wall.advance(Retrieval.CLOSED_RECHECK);
        fixture.run();
        assertThat(first.latestCalls).hasSize(calls + 1);
    }

    @Test
    void anOlderValueOfAnotherSourceNeverReplacesANewerOne() {
        first.add(A, day("2026-11-22", "1.1"));
        fixture.source(second, 1).source(first, 2);
        start(EngineFixture.settings());
        fixture.gates.sources().unbind(first);
        fixture.runs(2);
        assertThat(fixture.engine.current(A).bar().end()).isEqualTo("2026-11-22T20:00:00Z");
        assertThat(sourceOf(A)).isEqualTo("first");
    }

    @Test
    void aJumpIsHeldBackAndAnotherSourceIsAsked() {
        fixture.source(second, 1).source(first, 2);
        start(EngineFixture.settings());
        first.add(A, day("2026-11-22", "700"));
        second.add(A, day("2026-11-22", "2.2"));
        fixture.runs(1);
        assertThat(sourceOf(A)).isEqualTo("second");
        assertThat(fixture.engine.current(A).bar().close()).hasToString("2.2");
    }

    @Test
    @Tag("CARD-8")
    void adaptersComeAndGoWhileItRuns() {
        fixture.source(first, 1);
        start(EngineFixture.settings());
        for (int round = 0; round < 10; round++) {
            FakeSource next = new FakeSource("next").add(XYZ, day("2026-11-20", "5"));
            fixture.source(next, 9);
            fixture.run();
            assertThat(fixture.engine.isKnown(XYZ)).isTrue();
            assertThat(fixture.engine.current(XYZ)).isNotNull();
            assertThat(fixture.gates.sources().unbind(next))
                    .as("no lease stays open")
                    .isTrue();
            fixture.run();
        }
    }

    @Test
    @Tag("PRO-17")
    void limitedSourcesAreAskedForHistoryOnlyWhenSomebodyWantsIt() {
        first.limited(100, new Quota(1_000, Duration.ofDays(1)));
        fixture.source(first, 1);
        start(EngineFixture.settings());
        fixture.runs(3);
        assertThat(first.barCalls).isEmpty();
        assertThat(fixture.bars(new MarketQuery.AllTime(A))).hasSize(1);
        fixture.bars(new MarketQuery.AllTime(A));
        fixture.runs(1);
        fixture.bars(new MarketQuery.AllTime(A));
        assertThat(first.barCalls).hasSize(1);
        assertThat(Map.copyOf(fixture.store.states)).containsKey("history.DAY.A");
    }
}
