package org.papertrader.assets.simulated.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.assets.api.BarRequest;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

class SimulatedMarketTest {
    private static final Symbol A = new Symbol("SIMA");
    private static final Symbol B = new Symbol("SIMB");
    private static final Instant FROM = Instant.parse("2015-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2021-01-01T00:00:00Z");

    @Test
    void aDayIsTheSumOfItsMinutes() {
        SimulatedSource source = source(42);
        Instant from = Instant.parse("2026-11-16T00:00:00Z");
        Instant until = Instant.parse("2026-11-21T00:00:00Z");
        List<Bar> days = bars(source, A, Resolution.DAY, from, until);
        List<Bar> minutes = bars(source, A, Resolution.MINUTE, from, until);
        assertThat(days).hasSize(5);
        assertThat(minutes).hasSize(5 * 390);
        for (Bar day : days) {
            List<Bar> own = minutes.stream()
                    .filter(minute -> !minute.end().isAfter(day.end())
                            && minute.end().isAfter(day.end().minus(Duration.ofHours(12))))
                    .toList();
            assertThat(own).hasSize(390);
            assertThat(day.open()).isEqualTo(own.get(0).open());
            assertThat(day.close()).isEqualTo(own.get(389).close());
            assertThat(day.high())
                    .isEqualTo(own.stream()
                            .map(Bar::high)
                            .max(Comparable::compareTo)
                            .get());
            assertThat(day.low())
                    .isEqualTo(own.stream()
                            .map(Bar::low)
                            .min(Comparable::compareTo)
                            .get());
            assertThat(day.volume().mantissa())
                    .isEqualTo(own.stream()
                            .mapToLong(minute -> minute.volume().mantissa())
                            .sum());
        }
        for (int i = 1; i < 390; i++) {
            assertThat(minutes.get(i).open())
                    .as("no gap within a day")
                    .isEqualTo(minutes.get(i - 1).close());
        }
    }

    @Test
    void anyOrderOfAskingGivesTheSameBars() {
        List<Integer> sessions =
                new ArrayList<>(IntStream.range(0, 2_000).boxed().toList());
        Map<Integer, Bar> inOrder = days(sessions);
        Collections.shuffle(sessions, new Random(5));
        assertThat(days(sessions)).isEqualTo(inOrder);
        Collections.reverse(sessions);
        assertThat(days(sessions)).isEqualTo(inOrder);
    }

    private static Map<Integer, Bar> days(List<Integer> order) {
        SimulatedAsset asset = new SimulatedAsset(new Noise(9, "X"), new Factor(new Noise(9, "the market")));
        Map<Integer, Bar> bars = new HashMap<>();
        order.forEach(session -> bars.put(session, asset.minutes(session).day(session)));
        return bars;
    }

    /** The same on every machine and in every version: a change here changes everybody's simulated market. */
    @Test
    void theSeedDecidesEveryDigit() {
        SymbolResult.Bars latest = (SymbolResult.Bars) source(42)
                .latest(Set.of(A), Instant.parse("2026-11-20T17:00:00Z"))
                .get(0);
        assertThat(latest.bars().get(0)).hasToString(GOLDEN);
    }

    private static final String GOLDEN = "Bar[start=2026-11-20T16:59:00Z, end=2026-11-20T17:00:00Z, "
            + "open=119.07, high=119.21, low=119.07, close=119.19, volume=10314]";

    @Test
    void differentSeedsAreDifferentMarkets() {
        double[][] returns = new double[4][];
        List<String> finals = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            List<Bar> bars = bars(source(42 + seed), A, Resolution.DAY, FROM, UNTIL);
            returns[seed] = returns(bars);
            finals.add(bars.get(bars.size() - 1).close().toString());
        }
        assertThat(finals).doesNotHaveDuplicates();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(correlation(returns[i], returns[j]))
                        .as("seeds %d %d", i, j)
                        .isBetween(-0.1, 0.1);
                double[] sorted = returns[i].clone();
                double[] other = returns[j].clone();
                Arrays.sort(sorted);
                Arrays.sort(other);
                assertThat(sorted).as("not the same days in another order").isNotEqualTo(other);
            }
        }
    }

    @Test
    void assetsOfOneMarketMoveTogetherButNotAlike() {
        SimulatedSource source = source(42);
        double correlation = correlation(
                returns(bars(source, A, Resolution.DAY, FROM, UNTIL)),
                returns(bars(source, B, Resolution.DAY, FROM, UNTIL)));
        assertThat(correlation).isBetween(0.08, 0.75);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void returnsLookLikeThoseOfEquities(long seed) {
        double[] returns = returns(bars(source(seed), A, Resolution.DAY, Instant.EPOCH, UNTIL));
        double[] absolute = Arrays.stream(returns).map(Math::abs).toArray();
        double deviation = Math.sqrt(moment(returns, 2));
        double kurtosis = moment(returns, 4) / Math.pow(moment(returns, 2), 2) - 3;
        double memory = correlation(
                Arrays.copyOf(absolute, absolute.length - 1), Arrays.copyOfRange(absolute, 1, absolute.length));
        String label = "seed %d: volatility %.2f, excess kurtosis %.1f, acf|r| %.2f"
                .formatted(seed, deviation * Math.sqrt(252), kurtosis, memory);
        System.getLogger("simulated").log(System.Logger.Level.INFO, label);
        assertThat(deviation * Math.sqrt(252)).as(label).isBetween(0.12, 0.65);
        assertThat(kurtosis).as(label).isGreaterThan(1.5);
        assertThat(memory).as(label).isBetween(0.05, 0.4);
    }

    @Test
    void volumeIsHighestAtTheClose() {
        List<Bar> minutes = bars(
                source(42),
                A,
                Resolution.MINUTE,
                Instant.parse("2026-11-16T00:00:00Z"),
                Instant.parse("2026-11-21T00:00:00Z"));
        long[] halfHours = new long[13];
        for (int i = 0; i < minutes.size(); i++) {
            halfHours[i % 390 / 30] += minutes.get(i).volume().mantissa();
        }
        assertThat(halfHours[12]).isGreaterThan(2 * halfHours[6]);
        assertThat(halfHours[0]).isGreaterThan(2 * halfHours[6]);
    }

    @Test
    void itIsOpenInSessionsOnly() {
        assertThat(open("2026-11-20T15:00:00Z")).isTrue();
        assertThat(open("2026-11-20T21:00:00Z")).isFalse();
        assertThat(open("2026-11-21T15:00:00Z")).as("Saturday").isFalse();
        assertThat(open("2026-07-20T13:30:00Z")).as("summer time").isTrue();
        assertThat(open("2026-07-20T13:29:59Z")).isFalse();
    }

    private static boolean open(String at) {
        return ((SymbolResult.Bars)
                        source(42).latest(Set.of(A), Instant.parse(at)).get(0))
                .open();
    }

    @Test
    void itAnswersForEveryTime() {
        SimulatedSource source = source(42);
        assertThat(source.latest(Set.of(A), Instant.MIN).get(0)).isInstanceOf(SymbolResult.Failed.class);
        assertThat(source.latest(Set.of(A), Instant.parse("2000-01-03T14:30:59Z"))
                        .get(0))
                .isInstanceOf(SymbolResult.Failed.class);
        assertThat(source.latest(Set.of(A), Instant.parse("2000-01-03T14:31:00Z"))
                        .get(0))
                .isInstanceOf(SymbolResult.Bars.class);
        assertThat(source.latest(Set.of(A), Instant.MAX).get(0)).isInstanceOf(SymbolResult.Bars.class);
        Instant weekend = Instant.parse("2026-11-22T12:00:00Z");
        SymbolResult.Bars latest =
                (SymbolResult.Bars) source.latest(Set.of(A), weekend).get(0);
        assertThat(latest.bars().get(0).end()).isEqualTo("2026-11-20T21:00:00Z");
    }

    private static SimulatedSource source(long seed) {
        return new SimulatedSource(seed, List.of(A, B));
    }

    private static List<Bar> bars(
            SimulatedSource source, Symbol symbol, Resolution resolution, Instant after, Instant until) {
        return ((SymbolResult.Bars) source.bars(new BarRequest(symbol, resolution, after, until))).bars();
    }

    private static double[] returns(List<Bar> bars) {
        return IntStream.range(1, bars.size())
                .mapToDouble(i -> Math.log((double) bars.get(i).close().mantissa()
                        / bars.get(i - 1).close().mantissa()))
                .toArray();
    }

    private static double moment(double[] values, int power) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values)
                .map(value -> Math.pow(value - mean, power))
                .average()
                .orElseThrow();
    }

    private static double correlation(double[] left, double[] right) {
        double meanLeft = Arrays.stream(left).average().orElseThrow();
        double meanRight = Arrays.stream(right).average().orElseThrow();
        double sum = IntStream.range(0, left.length)
                .mapToDouble(i -> (left[i] - meanLeft) * (right[i] - meanRight))
                .sum();
        return sum / left.length / Math.sqrt(moment(left, 2) * moment(right, 2));
    }
}
