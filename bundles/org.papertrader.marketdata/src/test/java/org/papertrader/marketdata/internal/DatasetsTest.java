package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.marketdata.internal.TestBars.AAPL;
import static org.papertrader.marketdata.internal.TestBars.XYZ;
import static org.papertrader.marketdata.internal.TestBars.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.papertrader.assets.api.BarRequest;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.Bar;

/** An operator exchanges the files of a replay on a database that knows the old ones. */
@Tag("PRO-13")
@Tag("PRO-17")
@Timeout(60)
class DatasetsTest {
    private static final Bar MONDAY = day("2016-01-04", "10");
    private static final Bar OTHER_MONDAY = day("2016-01-04", "99");
    private static final Bar OTHER_TUESDAY = day("2016-01-05", "98");
    private static final Instant LATER = Instant.parse("2016-01-08T00:00:00Z");

    private final EngineFixture fixture = new EngineFixture();
    private final FakeSource first =
            replay("first").add(AAPL, MONDAY, day("2016-01-05", "11"), day("2016-01-20", "12"));
    private final FakeSource second = replay("second").add(AAPL, OTHER_MONDAY, OTHER_TUESDAY, day("2016-01-20", "97"));
    private final FakeSource present = new FakeSource("live").add(XYZ, day("2016-01-04", "5"));

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    private static FakeSource replay(String dataset) {
        return new FakeSource("replay")
                .replay(Instant.parse("2016-01-04T20:00:00Z"), Instant.parse("2016-01-20T20:00:00Z"))
                .dataset(dataset);
    }

    private void startWithTheFirst() {
        fixture.source(first, 100).source(present, 0).start(EngineFixture.settings());
        fixture.until("2016-01-08T00:00:00Z");
        assertThat(week()).hasSize(2).contains(MONDAY);
        fixture.bars(new MarketQuery.Week(XYZ, LATER));
    }

    private void exchange(FakeSource other) {
        fixture.gates.sources().unbind(first);
        fixture.source(other, 100);
        fixture.run();
    }

    private List<Bar> week() {
        return fixture.bars(new MarketQuery.Week(AAPL, LATER));
    }

    private Bar current() {
        return ((MarketReply.Current) fixture.ask(new MarketQuery.Current(AAPL)))
                .asset()
                .bar();
    }

    @Test
    void nothingOfTheOldDataIsLeft() {
        startWithTheFirst();
        exchange(second);

        assertThat(current()).isEqualTo(OTHER_TUESDAY);
        assertThat(week()).containsExactly(OTHER_MONDAY, OTHER_TUESDAY);
        assertThat(fixture.store.bars.values())
                .filteredOn(bar -> bar.source().equals("replay"))
                .allSatisfy(bar -> assertThat(bar.bar()).isIn(OTHER_MONDAY, OTHER_TUESDAY));
        assertThat(fixture.bars(new MarketQuery.Week(XYZ, LATER)))
                .as("other sources keep theirs")
                .hasSize(1);
    }

    @Test
    void theSameDataAgainIsKept() {
        startWithTheFirst();
        FakeSource again = replay("first").add(AAPL, first.days.get(AAPL).toArray(Bar[]::new));
        exchange(again);

        assertThat(week()).hasSize(2).contains(MONDAY);
        assertThat(again.barCalls)
                .as("only the newest end is asked for again")
                .allSatisfy(call -> assertThat(call.after()).isAfter(MONDAY.end()));
    }

    @Test
    void whatTheStorageCouldNotDropIsDroppedLater() {
        startWithTheFirst();
        fixture.store.down = true;
        exchange(second);
        fixture.store.down = false;
        fixture.run();

        assertThat(week()).containsExactly(OTHER_MONDAY, OTHER_TUESDAY);
        assertThat(current()).isEqualTo(OTHER_TUESDAY);
    }

    /** The disk fails, or the program is killed, behind the first bar of many. */
    @Test
    void whatWasDroppedByHalfIsNotAnswered() {
        startWithTheFirst();
        fixture.store.onDrop = () -> fixture.store.down = true;
        exchange(second);
        fixture.store.onDrop = () -> {};
        fixture.store.down = false;

        assertThat(fixture.store.bars.values()).as("some of the old are there").anyMatch(bar -> bar.source()
                .equals("replay"));
        assertThat(fixture.store.states.keySet()).noneMatch(key -> key.startsWith(History.STATE_PREFIX));
        assertUnavailable();

        fixture.run();
        assertThat(week()).containsExactly(OTHER_MONDAY, OTHER_TUESDAY);
    }

    @Test
    void aSourceThatHasGoneIsStillDropped() {
        startWithTheFirst();
        fixture.store.onDrop = () -> fixture.store.down = true;
        exchange(second);
        fixture.gates.sources().unbind(second);
        fixture.engine.sourcesChanged();
        fixture.store.onDrop = () -> {};
        fixture.store.down = false;

        fixture.run();
        assertThat(fixture.store.bars.values()).noneMatch(bar -> bar.source().equals("replay"));
        assertThat(fixture.bars(new MarketQuery.Week(XYZ, LATER))).hasSize(1);
    }

    @Test
    void seriesAreUnavailableWhileTheOldOnesAreDropped() {
        startWithTheFirst();
        AtomicInteger asked = new AtomicInteger();
        fixture.store.onDrop = () -> {
            asked.incrementAndGet();
            assertUnavailable();
        };
        exchange(second);

        assertThat(asked).hasPositiveValue();
        assertThat(week()).containsExactly(OTHER_MONDAY, OTHER_TUESDAY);
    }

    @Test
    void aStopLeavesTheRestToTheNextStart() throws Exception {
        startWithTheFirst();
        AtomicInteger dropped = new AtomicInteger();
        FutureTask<Void> close = new FutureTask<>(() -> {
            fixture.close();
            return null;
        });
        Thread closing = new Thread(close, "closing");
        fixture.store.onDrop = () -> {
            if (dropped.incrementAndGet() == 1) {
                closing.start();
                await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            }
        };
        exchange(second);
        close.get(20, TimeUnit.SECONDS);

        assertThat(dropped).hasValue(1);
        assertThat(fixture.store.bars.values()).anyMatch(bar -> bar.source().equals("replay"));
        assertThat(fixture.store.states).containsEntry("dataset.replay", "first");
    }

    /** A source answers slowly; its data is exchanged before it does. */
    @Test
    void historyThatWasAskedForBeforeIsNotAdded() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        FakeSource slow = new FakeSource("replay") {
            @Override
            public SymbolResult bars(BarRequest request) {
                SymbolResult result = super.bars(request);
                if (request.symbol().equals(AAPL) && asked.getCount() > 0) {
                    asked.countDown();
                    hold(answer);
                }
                return result;
            }
        };
        slow.replay(Instant.parse("2016-01-04T20:00:00Z"), Instant.parse("2016-01-20T20:00:00Z"));
        slow.dataset("first").within(Duration.ofSeconds(30)).add(AAPL, MONDAY, day("2016-01-20", "12"));
        fixture.source(slow, 100).start(EngineFixture.settings());
        asked.await();

        slow.dataset("second").within(Duration.ofSeconds(30)).days.put(AAPL, second.days.get(AAPL));
        fixture.engine.sourcesChanged();
        fixture.run();
        answer.countDown();
        fixture.until("2016-01-08T00:00:00Z");

        await().untilAsserted(() -> assertThat(week()).containsExactly(OTHER_MONDAY, OTHER_TUESDAY));
        assertThat(fixture.store.bars.values())
                .allSatisfy(bar -> assertThat(bar.bar()).isIn(OTHER_MONDAY, OTHER_TUESDAY));
    }

    private static void hold(CountDownLatch until) {
        try {
            assertThat(until.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertUnavailable() {
        assertThat(fixture.engine
                        .query(EngineFixture.CALLER, new MarketQuery.Week(AAPL, LATER))
                        .toCompletableFuture())
                .failsWithin(20, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(UnavailableException.class);
    }
}
