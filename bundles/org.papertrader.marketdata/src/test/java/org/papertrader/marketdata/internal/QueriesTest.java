package org.papertrader.marketdata.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.papertrader.marketdata.internal.TestBars.AAPL;
import static org.papertrader.marketdata.internal.TestBars.XYZ;
import static org.papertrader.marketdata.internal.TestBars.day;
import static org.papertrader.marketdata.internal.TestBars.minute;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult.Fault;
import org.papertrader.forecast.api.Forecast;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.marketdata.api.MarketQuery;
import org.papertrader.marketdata.api.MarketReply;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Price;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Symbol;

@Tag("PRO-13")
class QueriesTest {
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private final FakeSource real = TestBars.replay();
    private EngineFixture fixture = new EngineFixture();

    @AfterEach
    void close() throws InterruptedException {
        fixture.close();
    }

    private void startReplay() {
        fixture.source(real, 0).start(EngineFixture.settings());
        fixture.until("2016-07-13T15:00:00Z");
    }

    @Test
    void currentIsTheLastBarThatEnded() {
        startReplay();
        MarketReply.Current reply = (MarketReply.Current) fixture.ask(new MarketQuery.Current(AAPL));
        assertThat(reply.asset().bar().end()).isEqualTo("2016-07-12T20:00:00Z");
        assertThat(reply.asset().bar().close()).isEqualTo(Price.parse("97.42"));
        assertThat(reply.asset().source()).isEqualTo("replay");
        assertThat(reply.freshness().asOf()).isEqualTo(fixture.wall.instant());
        assertThat(reply.freshness().freshUntil())
                .isEqualTo(fixture.engine.status().get().nextInterval());
    }

    @Test
    void everySeriesEqualsTheFileAtManyInstants() {
        startReplay();
        long seed = 20_160_713;
        Random random = new Random(seed);
        Instant first = Instant.parse("2015-01-01T00:00:00Z");
        Instant now = fixture.engine.now();
        for (int i = 0; i < 60; i++) {
            long span = Duration.between(first, now).toSeconds();
            Instant until = first.plusSeconds((long) (random.nextDouble() * span * 1.1));
            Instant capped = until.isAfter(now) ? now : until;
            String label = "seed " + seed + ", until " + until;
            assertThat(fixture.bars(new MarketQuery.Week(AAPL, until)))
                    .as(label)
                    .isEqualTo(days(capped.minus(Duration.ofDays(7)), capped));
            assertThat(fixture.bars(new MarketQuery.Month(AAPL, until)))
                    .as(label)
                    .isEqualTo(days(back(capped, 1), capped));
            assertMonths(fixture.bars(new MarketQuery.Year(AAPL, until)), days(back(capped, 12), capped), label);
        }
        assertMonths(fixture.bars(new MarketQuery.AllTime(AAPL)), days(first, now), "all");
    }

    @Test
    void nothingLaterThanMarketTimeIsEverAnswered() {
        startReplay();
        Instant now = fixture.engine.now();
        for (MarketQuery query : List.of(
                new MarketQuery.Day(AAPL, LATER),
                new MarketQuery.Week(AAPL, LATER),
                new MarketQuery.Month(AAPL, LATER),
                new MarketQuery.Year(AAPL, LATER),
                new MarketQuery.AllTime(AAPL))) {
            assertThat(fixture.bars(query)).as("%s", query).isNotEmpty().allSatisfy(bar -> assertThat(bar.end())
                    .isBeforeOrEqualTo(now));
        }
        assertThat(real.barCalls).allSatisfy(call -> assertThat(call.until()).isBeforeOrEqualTo(now));
    }

    @Test
    @Tag("PRO-17")
    void whatEndedAfterARunningCompletionBeganIsWaitedForToo() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.source(real, 0).start(EngineFixture.settings("AAPL"));
        fixture.until("2016-07-11T15:00:00Z");
        real.onBars = () -> {
            begun.countDown();
            awaitOpen(go);
        };
        fixture.until("2016-07-11T21:00:00Z");
        awaitOpen(begun);
        fixture.until("2016-07-13T15:00:00Z");
        CompletionStage<MarketReply> reply =
                fixture.engine.query(EngineFixture.CALLER, new MarketQuery.Day(AAPL, LATER));
        go.countDown();
        assertThat(reply)
                .succeedsWithin(Duration.ofSeconds(10))
                .isInstanceOfSatisfying(MarketReply.Series.class, series -> assertThat(series.bars())
                        .singleElement()
                        .satisfies(bar -> assertThat(bar.end()).isEqualTo("2016-07-12T20:00:00Z")));
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void beforeTheFirstBarThereIsNothing() {
        startReplay();
        assertThat(fixture.bars(new MarketQuery.Week(AAPL, Instant.parse("1999-01-01T00:00:00Z"))))
                .isEmpty();
    }

    @Test
    void aDayIsTheFrameBeforeTheInstant() {
        startReplay();
        assertThat(fixture.bars(new MarketQuery.Day(AAPL, Instant.parse("2016-03-09T23:00:00Z"))))
                .singleElement()
                .satisfies(bar -> assertThat(bar.end()).isEqualTo("2016-03-09T21:00:00Z"));
        assertThat(fixture.bars(new MarketQuery.Day(AAPL, Instant.parse("2016-03-06T23:00:00Z"))))
                .as("a Sunday")
                .isEmpty();
    }

    @Test
    void aDayShowsTheMinutesOfASourceThatHasThem() {
        FakeSource live = new FakeSource("live").withMinutes().add(XYZ, day("2026-11-20", "9"));
        live.minutes.put(
                XYZ,
                List.of(
                        minute("2026-11-22T09:00:00Z", "1"),
                        minute("2026-11-22T15:00:00Z", "2"),
                        minute("2026-11-23T09:59:00Z", "3"),
                        minute("2026-11-23T11:00:00Z", "4")));
        startPresent(live, quick());
        assertThat(fixture.bars(new MarketQuery.Day(XYZ, LATER)))
                .extracting(bar -> bar.close().toString())
                .containsExactly("2", "3");
        int calls = live.barCalls.size();
        fixture.bars(new MarketQuery.Day(XYZ, LATER));
        assertThat(live.barCalls).as("answered from storage").hasSize(calls);
    }

    @Test
    void aDayWithoutMinutesShowsTheDay() {
        FakeSource live = new FakeSource("live").withMinutes().add(XYZ, day("2026-11-20", "9"));
        startPresent(live, quick());
        assertThat(fixture.bars(new MarketQuery.Day(XYZ, Instant.parse("2026-11-21T00:00:00Z"))))
                .extracting(bar -> bar.close().toString())
                .containsExactly("9");
    }

    @Test
    void minutesAreJoinedToTheUpdateInterval() {
        FakeSource live = new FakeSource("live").withMinutes().add(XYZ, day("2026-11-20", "9"));
        live.minutes.put(
                XYZ,
                List.of(
                        minute("2026-11-23T08:00:00Z", "1"),
                        minute("2026-11-23T08:59:00Z", "2"),
                        minute("2026-11-23T09:00:00Z", "3")));
        startPresent(live, EngineFixture.settings());
        assertThat(fixture.bars(new MarketQuery.Day(XYZ, LATER)))
                .extracting(bar -> bar.close().toString())
                .containsExactly("2", "3");
    }

    @Test
    void aDayShowsWhatWasRetrievedWhereThereIsNothingFiner() {
        FakeSource live = new FakeSource("live").add(XYZ, minute("2026-11-23T09:00:00Z", "1"));
        startPresent(live, quick());
        live.add(XYZ, minute("2026-11-23T10:00:30Z", "2"));
        fixture.wall.advance(Duration.ofMinutes(5));
        fixture.run();
        fixture.run();
        assertThat(fixture.bars(new MarketQuery.Day(XYZ, LATER)))
                .extracting(bar -> bar.close().toString())
                .containsExactly("1", "2");
    }

    @Test
    void infoAndListNameTheAssets() {
        startReplay();
        MarketReply.Info reply = (MarketReply.Info) fixture.ask(new MarketQuery.Info(AAPL));
        assertThat(reply.info().name()).isEqualTo("AAPL Inc.");
        assertThat(reply.info().current().close()).isEqualTo(Price.parse("97.42"));
        assertThat(reply.info().source()).isEqualTo("replay");
        assertThat(page("", null).assets())
                .extracting(info -> info.symbol().value())
                .containsExactly("AAPL", "COKE", "GOOGL", "TSLA");
        assertThat(page("T", null).assets()).hasSize(1);
        assertThat(page("", new Symbol("COKE")).assets())
                .extracting(info -> info.symbol().value())
                .containsExactly("GOOGL", "TSLA");
    }

    @Test
    void aLongListComesInPages() {
        FakeSource many = new FakeSource("many");
        for (int i = 0; i < 2_500; i++) {
            many.add(new Symbol("S%04d".formatted(i)));
        }
        startPresent(many, EngineFixture.settings());
        List<Symbol> seen = new ArrayList<>();
        AssetListReply.Page page = page("S", null);
        while (page.more()) {
            assertThat(page.assets()).hasSize(AssetListQuery.PAGE_MAX);
            page.assets().forEach(info -> seen.add(info.symbol()));
            page = page("S", seen.get(seen.size() - 1));
        }
        page.assets().stream().map(AssetInfo::symbol).forEach(seen::add);
        assertThat(seen).hasSize(2_500).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithAReason() {
        real.add(new Symbol("EMPTY"));
        startReplay();
        assertThat(code(new MarketQuery.Current(new Symbol("NOPE")))).isEqualTo(ReasonCode.UNKNOWN_ASSET);
        assertThat(code(new MarketQuery.Current(new Symbol("EMPTY")))).isEqualTo(ReasonCode.NO_VALUE);
        assertThat(code(new MarketQuery.Week(AAPL, Instant.MAX))).isEqualTo(ReasonCode.BAD_DATE);
        assertThat(code(new MarketQuery.Week(AAPL, Instant.MIN))).isEqualTo(ReasonCode.BAD_DATE);
        assertThat(code(new MarketQuery.Predicted(AAPL, Instant.parse("2016-01-01T00:00:00Z"))))
                .isEqualTo(ReasonCode.BAD_DATE);
        assertThat(code(new MarketQuery.Predicted(AAPL, LATER))).isEqualTo(ReasonCode.BAD_DATE);
    }

    @Test
    void whereNoSourceAnswersAndNothingIsStoredThatIsSaid() {
        FakeSource broken = new FakeSource("broken").add(XYZ, day("2026-11-20", "1"));
        broken.faults.put(XYZ, Fault.TRANSIENT);
        startPresent(broken, EngineFixture.settings());
        assertThat(code(new MarketQuery.AllTime(XYZ))).isEqualTo(ReasonCode.SOURCE_UNAVAILABLE);
    }

    @Test
    void aPredictionIsMadeOfTheDaysUpToNow() {
        startReplay();
        Instant target = fixture.engine.now().plus(Duration.ofDays(5));
        assertThat(fixture.engine
                        .query(EngineFixture.CALLER, new MarketQuery.Predicted(AAPL, target))
                        .toCompletableFuture())
                .as("no forecast is there")
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(UnavailableException.class);
        List<Bar> used = new ArrayList<>();
        Forecast forecast = (symbol, daily, at) -> {
            used.addAll(daily);
            Price value = Price.of(BigDecimal.ONE);
            return Optional.of(new Prediction(
                    symbol, value, value, value, 90, at, daily.get(0).end(), "fake"));
        };
        fixture.gates.forecasts().bind(forecast, Map.of());
        assertThat(fixture.ask(new MarketQuery.Predicted(AAPL, target))).isInstanceOf(MarketReply.Predicted.class);
        assertThat(used).isEqualTo(days(Instant.EPOCH, fixture.engine.now()));
    }

    @Test
    void withoutStorageSeriesAreUnavailableAndCurrentValuesGoOn() {
        startReplay();
        fixture.store.down = true;
        fixture.runs(1);
        assertThat(fixture.ask(new MarketQuery.Current(AAPL))).isInstanceOf(MarketReply.Current.class);
        CompletionStage<MarketReply> reply = fixture.engine.query(EngineFixture.CALLER, new MarketQuery.AllTime(AAPL));
        assertThat(reply.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(UnavailableException.class);
        fixture.store.down = false;
        fixture.runs(1);
        assertThat(fixture.bars(new MarketQuery.AllTime(AAPL))).isNotEmpty();
    }

    @Test
    @Tag("PRO-17")
    void historyIsAskedForOnceAndThenOnlyItsTail() {
        startReplay();
        for (int i = 0; i < 20; i++) {
            fixture.bars(new MarketQuery.AllTime(AAPL));
            fixture.bars(new MarketQuery.Week(AAPL, LATER));
        }
        List<Instant> afters = real.barCalls.stream()
                .filter(call -> call.symbol().equals(AAPL) && call.resolution() == Resolution.DAY)
                .map(call -> call.after())
                .toList();
        assertThat(afters.stream().filter(History.BEGINNING::equals))
                .as("the whole, once")
                .hasSize(1);
        assertThat(afters).as("at most once an interval").hasSizeLessThanOrEqualTo(200);
        assertThat(afters).isSorted();
    }

    private void startPresent(FakeSource source, Settings settings) {
        fixture.source(source, 0).begin(settings);
        await().until(() -> {
            fixture.wall.advance(Duration.ofMillis(500));
            return fixture.ready.get() > 0;
        });
        fixture.run();
    }

    /** Live settings with an interval that is shorter than a minute. */
    private static Settings quick() {
        Settings base = EngineFixture.settings();
        return new Settings(base.symbols(), Duration.ofSeconds(50), base.marketStart(), 1, List.of(), 3);
    }

    private AssetListReply.Page page(String prefix, Symbol after) {
        return fixture.engine.assets(new AssetListQuery(prefix, after));
    }

    private ReasonCode code(MarketQuery query) {
        return ((MarketReply.Refused) fixture.ask(query)).refusal().code();
    }

    private List<Bar> days(Instant after, Instant until) {
        return real.days.get(AAPL).stream()
                .filter(bar -> bar.end().isAfter(after) && !bar.end().isAfter(until))
                .toList();
    }

    private static Instant back(Instant until, int months) {
        return until.atOffset(ZoneOffset.UTC).minusMonths(months).toInstant();
    }

    /** Checks months against days by another way than they are made. */
    private static void assertMonths(List<Bar> months, List<Bar> days, String label) {
        int next = 0;
        for (Bar month : months) {
            String name = month.start().toString().substring(0, 7);
            List<Bar> members = days.stream()
                    .filter(bar -> bar.start().toString().startsWith(name))
                    .toList();
            assertThat(month.start()).as(label).isEqualTo(members.get(0).start());
            assertThat(month.open()).as(label).isEqualTo(members.get(0).open());
            Bar last = members.get(members.size() - 1);
            assertThat(month.end()).as(label).isEqualTo(last.end());
            assertThat(month.close()).as(label).isEqualTo(last.close());
            assertThat(month.high().mantissa())
                    .isEqualTo(members.stream()
                            .mapToLong(bar -> bar.high().mantissa())
                            .max()
                            .getAsLong());
            assertThat(month.low().mantissa())
                    .isEqualTo(members.stream()
                            .mapToLong(bar -> bar.low().mantissa())
                            .min()
                            .getAsLong());
            assertThat(month.volume().toBigDecimal())
                    .isEqualByComparingTo(members.stream()
                            .map(bar -> bar.volume().toBigDecimal())
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
            next += members.size();
        }
        assertThat(next).as("%s: every day is in a month", label).isEqualTo(days.size());
    }
}
