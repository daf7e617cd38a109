package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.papertrader.marketdata.internal.TestBars.AAPL;
import static org.papertrader.marketdata.internal.TestBars.TSLA;
import static org.papertrader.marketdata.internal.TestBars.XYZ;
import static org.papertrader.marketdata.internal.TestBars.day;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.papertrader.marketdata.api.IntervalParticipant;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.marketdata.api.MarketStatus;
import org.papertrader.model.Asset;
import org.papertrader.model.Symbol;
import org.papertrader.shell.text.Failed;

@Timeout(60)
class MarketEngineTest {
    private final FakeSource real = TestBars.replay();
    private EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    private Recorder record() {
        return Recorder.at(fixture);
    }

    @Test
    @Tag("MST-30")
    @Tag("MST-26")
    void theCutComesBeforePricesAreAskedForAndSettlingAfter() {
        Recorder recorder = record();
        real.onLatest = () -> recorder.events.add("asked");
        fixture.source(real, 0).start(EngineFixture.settings());
        recorder.events.clear();
        fixture.runs(2);
        assertThat(recorder.events)
                .containsExactly(
                        "cut",
                        "asked",
                        "settle",
                        "prices on marketdata-interval-1",
                        "cut",
                        "asked",
                        "settle",
                        "prices on marketdata-interval-1");
    }

    @Test
    @Tag("MST-25")
    void aRepeatedValueKeepsItsTimeAndIsNoChange() {
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        // 2016-01-02 was a Saturday: nothing new until Monday's close.
        fixture.until("2016-01-04T22:00:00Z");
        Instant end = fixture.engine.current(AAPL).bar().end();
        int before = recorder.changes.size();
        fixture.wall.advance(Duration.ofMinutes(5));
        fixture.run();
        assertThat(recorder.changes.get(before)).isEmpty();
        assertThat(fixture.engine.current(AAPL).bar().end()).isEqualTo(end).isEqualTo("2016-01-04T21:00:00Z");
        assertThat(recorder.settled.get(before)).containsKey(AAPL).hasSize(4);
        fixture.runs(1);
        assertThat(recorder.changes.get(before + 1)).hasSize(4);
        assertThat(recorder.settled.get(before + 1).get(AAPL).bar().end()).isEqualTo("2016-01-05T21:00:00Z");
    }

    @Test
    @Tag("MST-30")
    void intervalNumbersGrowOverRestartsAndCrashes() throws InterruptedException {
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.runs(3);
        restart(false);
        recorder.ids.addAll(ranAfterRestart(2));
        restart(true);
        recorder.ids.addAll(ranAfterRestart(2));
        assertThat(recorder.ids).isSorted().doesNotHaveDuplicates().hasSizeGreaterThan(6);
    }

    private List<Long> ranAfterRestart(int runs) {
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.runs(runs);
        return recorder.ids;
    }

    /** Begins anew on the same storage; a crash loses what a stop would have stored. */
    private void restart(boolean crash) throws InterruptedException {
        if (crash) {
            fixture.store.down = true;
        }
        fixture.close();
        fixture.store.down = false;
        fixture = new EngineFixture(fixture.wall, fixture.store);
    }

    @Test
    @Tag("PRO-13")
    void marketTimeGoesOnWhereItStoodAndCurrentValuesAreThereAtOnce() throws InterruptedException {
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.until("2016-03-02T00:00:00Z");
        Instant stopped = fixture.engine.now();
        Asset asset = fixture.engine.current(AAPL);
        restart(false);
        fixture.wall.advance(Duration.ofDays(100));
        fixture.start(EngineFixture.settings());
        assertThat(fixture.engine.now()).isEqualTo(stopped);
        assertThat(fixture.engine.current(AAPL)).as("without any source").isEqualTo(asset);
    }

    @Test
    @Tag("PRO-13")
    void marketTimeNeverGoesBackOverACrash() throws InterruptedException {
        fixture.source(real, 0).start(EngineFixture.settings());
        Instant highest = fixture.engine.now();
        for (int i = 0; i < 5; i++) {
            fixture.runs(2);
            fixture.wall.advance(Duration.ofMinutes(37));
            highest = fixture.engine.now();
            restart(true);
            fixture.source(real, 0).start(EngineFixture.settings());
            assertThat(fixture.engine.now()).isAfterOrEqualTo(highest);
        }
    }

    @Test
    void aReplayBeginsAYearAfterItsFirstBarOrWhereConfigured() throws InterruptedException {
        fixture.source(real, 0).start(EngineFixture.settings());
        assertThat(fixture.engine.now()).isEqualTo("2016-01-02T21:00:00Z");
        fixture.close();
        fixture = new EngineFixture();
        Settings base = EngineFixture.settings();
        Instant start = Instant.parse("2017-05-05T12:00:00Z");
        fixture.source(real, 0)
                .start(new Settings(base.symbols(), base.interval(), Optional.of(start), 24, List.of(), 3));
        assertThat(fixture.engine.now()).isEqualTo(start);
    }

    @Test
    void atTheEndOfTheDataTheMarketClosesAfterTheLastPrices() throws InterruptedException {
        Recorder recorder = record();
        Settings base = EngineFixture.settings();
        Instant start = Instant.parse("2017-12-27T22:00:00Z");
        fixture.source(real, 0)
                .start(new Settings(base.symbols(), base.interval(), Optional.of(start), 24, List.of(), 3));
        fixture.runs(5);
        assertThat(fixture.engine.now()).isEqualTo("2017-12-29T21:00:00Z");
        assertThat(fixture.engine.isMarketOpen()).isFalse();
        int last = lastWithChanges(recorder);
        assertThat(recorder.changes.get(last).get(0).bar().end()).isEqualTo("2017-12-29T21:00:00Z");
        assertThat(recorder.open.get(last))
                .as("the last prices still fill orders")
                .isTrue();
        assertThat(recorder.open.get(last + 1)).isFalse();
        int calls = real.latestCalls.size();
        fixture.runs(2);
        assertThat(real.latestCalls).as("closed: nothing is asked for").hasSize(calls);
    }

    private static int lastWithChanges(Recorder recorder) {
        int last = recorder.changes.size() - 1;
        while (recorder.changes.get(last).isEmpty()) {
            last--;
        }
        return last;
    }

    @Test
    @Tag("VAR-4")
    @Tag("VAR-1")
    void newSettingsTakeEffectWithoutARestart() {
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        Instant before = fixture.engine.now();
        Settings quick = new Settings(
                SymbolSelection.parse(List.of("TSLA")), Duration.ofMillis(100), Optional.empty(), 1, List.of(), 3);
        int seen = recorder.statuses.size();
        fixture.engine.settings(quick);
        await().until(() -> {
            fixture.wall.advance(Duration.ofMillis(50));
            return recorder.statuses.size() > seen + 5;
        });
        MarketStatus status = recorder.statuses.get(recorder.statuses.size() - 1);
        assertThat(status.interval()).isEqualTo(Duration.ofMillis(100));
        assertThat(status.acceleration()).isEqualTo(1);
        assertThat(real.latestCalls.get(real.latestCalls.size() - 1)).containsExactly(TSLA);
        assertThat(fixture.engine.now()).isBetween(before, before.plusSeconds(60));
        assertThat(fixture.engine.isKnown(AAPL)).as("its value is stored").isTrue();
    }

    @Test
    void withoutStorageNothingStartsAndWithItEverythingDoes() {
        fixture.store.down = true;
        fixture.source(real, 0).begin(EngineFixture.settings());
        await().until(() -> fixture.engine.report().interval().text(false).contains("no storage"));
        assertThat(fixture.ready).hasValue(0);
        fixture.store.down = false;
        fixture.awaitReady();
        assertThat(fixture.engine.current(AAPL)).isNotNull();
    }

    @Test
    void withoutStorageRetrievalGoesOnForAWhileAndTheClockNeverOutrunsIt() {
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        Instant before = fixture.engine.now();
        fixture.store.down = true;
        fixture.runs(2);
        assertThat(fixture.engine.now()).isEqualTo(before.plus(Duration.ofDays(2)));
        fixture.runs(20);
        assertThat(fixture.engine.now()).isBefore(before.plus(Duration.ofDays(4)));
        assertThat(fixture.engine.current(AAPL)).isNotNull();
        int settled = recorder.settled.size();
        fixture.store.down = false;
        fixture.runs(2);
        assertThat(recorder.settled).hasSize(settled + 2);
    }

    @Test
    void aSourceThatHangsDoesNotHoldAStop() throws InterruptedException {
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        fixture.source(real.within(Duration.ofSeconds(30)), 0).start(EngineFixture.settings());
        real.onLatest = () -> {
            hanging.countDown();
            awaitStubbornly(never);
        };
        fixture.wall.advance(EngineFixture.INTERVAL);
        fixture.engine.runNow();
        hanging.await();
        long begin = System.nanoTime();
        fixture.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        never.countDown();
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // A source that ignores interruption.
                Thread.interrupted();
            }
        }
    }

    @Test
    void anIdleEngineStopsAtOnce() throws InterruptedException {
        fixture.source(real, 0).start(EngineFixture.settings());
        long begin = System.nanoTime();
        fixture.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(fixture.store.states.get(ClockPilot.STATE_KEY))
                .as("stopped in order: no slack")
                .endsWith(" 0");
    }

    @Test
    void aParticipantThatFailsStopsNobody() {
        fixture.gates
                .participants()
                .bind(
                        new IntervalParticipant() {
                            @Override
                            public void cut(long intervalId) {
                                throw new IllegalStateException("made up");
                            }

                            @Override
                            public void settle(long intervalId, Map<Symbol, Asset> prices, boolean marketOpen) {
                                throw new IllegalStateException("made up");
                            }
                        },
                        Map.of("service.ranking", 9));
        Recorder recorder = record();
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.runs(2);
        assertThat(recorder.settled).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void swappingTheReplayDoesNotThrowTheMarketIntoThePresent() {
        FakeSource present = new FakeSource("live").add(XYZ, day("2026-11-20", "5"));
        fixture.source(real, 100).source(present, 0).start(EngineFixture.settings());
        fixture.gates.sources().unbind(real);
        fixture.wall.advance(Duration.ofSeconds(10));
        fixture.run();
        assertThat(fixture.engine.status().get().source()).isEqualTo("live");
        assertThat(fixture.engine.now()).isBefore("2017-01-01T00:00:00Z");
        fixture.source(real, 100);
        fixture.run();
        assertThat(fixture.engine.status().get().source()).isEqualTo("replay");
        fixture.gates.sources().unbind(real);
        fixture.run();
        fixture.wall.advance(ClockPilot.PATIENCE);
        fixture.run();
        assertThat(fixture.engine.now()).as("gone for good").isEqualTo(fixture.wall.instant());
        assertThat(fixture.engine.current(XYZ).bar().end()).isEqualTo("2026-11-20T20:00:00Z");
    }

    @Test
    @Tag("PRO-17")
    void howeverManyAskHistoryIsFetchedOnce() {
        FakeSource slow = TestBars.replay();
        CountDownLatch go = new CountDownLatch(1);
        Set<Thread> threads = java.util.concurrent.ConcurrentHashMap.newKeySet();
        slow.onBars = () -> {
            threads.add(Thread.currentThread());
            awaitStubbornly(go);
        };
        fixture.source(slow, 0).start(EngineFixture.settings("AAPL"));
        List<java.util.concurrent.CompletableFuture<MarketReply>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            replies.add(fixture.engine
                    .query(EngineFixture.CALLER, new MarketQuery.AllTime(AAPL))
                    .toCompletableFuture());
        }
        await().until(() -> !threads.isEmpty());
        go.countDown();
        replies.forEach(reply -> assertThat(reply).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(slow.barCalls).hasSize(1);
    }

    @Test
    void theShellShowsSourcesValuesAndIntervals() throws Exception {
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.until("2016-01-05T00:00:00Z");
        AssetsCommand assets = new AssetsCommand(fixture.engine);
        assertThat(assets.list(false, "", "50", "aa")).contains("AAPL", "105.35", "2016-01-04 21:00:00", "replay");
        assertThat(assets.list(false, "", "1")).endsWith("1 assets; for more: --after AAPL\n");
        assertThat(assets.list(false, "aapl", "1")).doesNotContain("AAPL ");
        assertThat(assets.sources(false)).containsPattern("(?m)^1 +replay +answers +0s +4 +\\d+h +no limit +- +0$");
        assertThat(assets.show(false, "aapl")).contains("105.35").containsPattern("(?m)^source +replay$");
        assertThat(assets.show(true, "AAPL"))
                .startsWith("{\"symbol\":\"AAPL\",")
                .contains("\"storedDays\":");
        assertThatThrownBy(() -> assets.show(false, "GONE")).hasMessage("there is no asset GONE");
        IntervalCommand interval = new IntervalCommand(fixture.engine);
        assertThat(interval.show(false))
                .contains("market open")
                .containsPattern("(?m)^values +4$")
                .containsPattern("(?m)^heldBack +0$");
        String before = interval.show(true);
        assertThat(interval.run(true)).isNotEqualTo(before).isEqualTo(interval.show(true));
    }

    @Test
    void theShellSetsTheIntervalAndPrefersSourcesByTheOperatorsFile() throws Exception {
        fixture.source(real, 0).start(EngineFixture.settings());
        List<String> typed = new ArrayList<>();
        CommandSession session = (CommandSession) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {CommandSession.class}, (proxy, method, arguments) -> {
                    typed.add(String.valueOf(arguments[0]));
                    return "";
                });
        IntervalCommand interval = new IntervalCommand(fixture.engine);
        AssetsCommand assets = new AssetsCommand(fixture.engine);

        assertThat(interval.set(session, "5m")).isEqualTo("an interval takes 5m\n");
        assertThat(assets.prefer(session, "replay")).startsWith("replay is preferred");
        assertThat(typed)
                .containsExactly(
                        "config:set org.papertrader.marketdata intervalMs '300000'",
                        "config:set org.papertrader.marketdata sourcePreference 'replay'");
        for (String wrong : List.of("5", "-1s", "5 m", "99ms", "8d", "999999999d")) {
            assertThatThrownBy(() -> interval.set(session, wrong)).isInstanceOf(Failed.class);
        }
        assertThatThrownBy(() -> interval.set(session, "99ms")).hasMessage("an interval takes 100ms to 7d, not 99ms");
        assertThatThrownBy(() -> assets.prefer(session, "gone"))
                .hasMessage("there is no source gone; there are replay");
        assertThat(typed).hasSize(2);
    }
}
