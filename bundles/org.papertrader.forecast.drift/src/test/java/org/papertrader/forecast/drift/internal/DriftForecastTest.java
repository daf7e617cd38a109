package org.papertrader.forecast.drift.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;

class DriftForecastTest {
    private static final Symbol XYZ = new Symbol("XYZ");
    private static final Instant START = Instant.parse("2020-01-01T00:00:00Z");

    private final DriftForecast forecast = new DriftForecast();

    @Test
    void aShortHistorySaysNothing() {
        assertThat(forecast.predict(XYZ, flat(DriftForecast.DAYS_MIN - 1), at(100)))
                .isEmpty();
        assertThat(forecast.predict(XYZ, List.of(), at(100))).isEmpty();
        assertThat(forecast.predict(XYZ, flat(DriftForecast.DAYS_MIN), at(100))).isPresent();
    }

    @Test
    void aTimeThatIsNotAheadSaysNothing() {
        List<Bar> bars = flat(60);
        assertThat(forecast.predict(XYZ, bars, bars.get(59).end())).isEmpty();
    }

    @Test
    void whatNeverMovedStays() {
        Prediction prediction = forecast.predict(XYZ, flat(60), at(90)).orElseThrow();
        assertThat(prediction.value()).isEqualTo(Price.parse("10"));
        assertThat(prediction.low()).isEqualTo(prediction.high()).isEqualTo(Price.parse("10"));
        assertThat(prediction.confidencePercent()).isEqualTo(90);
        assertThat(prediction.method()).isEqualTo("drift");
        assertThat(prediction.asOf()).isEqualTo(flat(60).get(59).end());
        assertThat(prediction.target()).isEqualTo(at(90));
    }

    @Test
    void theFurtherAheadTheWider() {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bars.add(bar(i, i % 2 == 0 ? "10" : "10.2"));
        }
        Prediction near = forecast.predict(XYZ, bars, at(101)).orElseThrow();
        Prediction far = forecast.predict(XYZ, bars, at(150)).orElseThrow();
        assertThat(near.low()).isLessThan(near.value());
        assertThat(near.value()).isLessThan(near.high());
        assertThat(far.low()).isLessThan(near.low());
        assertThat(far.high()).isGreaterThan(near.high());
        assertThat(far.low().isPositive()).isTrue();
    }

    @Test
    void aSplitIsNoMove() {
        List<Bar> bars = flat(60);
        List<Bar> split = new ArrayList<>(bars);
        for (int i = 30; i < 60; i++) {
            split.set(i, bar(i, "1.42857143"));
        }
        Prediction prediction = forecast.predict(XYZ, split, at(90)).orElseThrow();
        assertThat(prediction.value()).isEqualTo(Price.parse("1.42857143"));
        assertThat(prediction.high()).isEqualTo(prediction.value());
    }

    @Test
    void noExtremeMakesItFail() {
        long seed = 77;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Bar> bars = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                bars.add(bar(i, new Price(1 + (long) Math.exp(random.nextDouble() * 43)).toString()));
            }
            forecast.predict(XYZ, bars, at(40 + random.nextInt(10_000)))
                    .ifPresent(prediction ->
                            assertThat(prediction.low()).as("seed %d", seed).isLessThanOrEqualTo(prediction.high()));
        }
    }

    /** On the shipped real bars, forecasts of every third day for several horizons. */
    @Test
    void theIntervalCoversAboutNinetyPercentAndTheValueIsAboutAsGoodAsNoChange() throws IOException {
        for (int horizon : new int[] {1, 5, 21}) {
            int inside = 0;
            int all = 0;
            double error = 0;
            double naiveError = 0;
            for (Map.Entry<String, List<Bar>> asset : real().entrySet()) {
                List<Bar> bars = asset.getValue();
                for (int i = 252; i + horizon < bars.size(); i += 3) {
                    Bar last = bars.get(i);
                    Bar truth = bars.get(i + horizon);
                    Prediction made = forecast.predict(new Symbol(asset.getKey()), bars.subList(0, i + 1), truth.end())
                            .orElseThrow();
                    boolean covered = made.low().compareTo(truth.close()) <= 0
                            && made.high().compareTo(truth.close()) >= 0;
                    inside += covered ? 1 : 0;
                    all++;
                    error += squared(made.value(), truth.close());
                    naiveError += squared(last.close(), truth.close());
                }
            }
            double coverage = 100.0 * inside / all;
            double relative = Math.sqrt(error / naiveError);
            String label = "horizon %d: %d forecasts, coverage %.1f %%, error %.3f of naive"
                    .formatted(horizon, all, coverage, relative);
            System.getLogger("drift").log(System.Logger.Level.INFO, label);
            assertThat(coverage).as(label).isBetween(84.0, 96.0);
            assertThat(relative).as(label).isBetween(0.95, 1.03);
        }
    }

    private static double squared(Price forecast, Price truth) {
        double difference = Math.log((double) forecast.mantissa() / truth.mantissa());
        return difference * difference;
    }

    private static Map<String, List<Bar>> real() throws IOException {
        Map<String, List<Bar>> assets = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                DriftForecastTest.class.getResourceAsStream("/org/papertrader/assets/replay/internal/bars.csv"),
                StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",")).forEach(row -> {
                Instant start =
                        LocalDate.parse(row[1]).atStartOfDay(ZoneOffset.UTC).toInstant();
                Price close = Price.of(new BigDecimal(row[5]));
                assets.computeIfAbsent(row[0], key -> new ArrayList<>())
                        .add(new Bar(start, start.plus(Duration.ofHours(21)), close, close, close, close, Volume.ZERO));
            });
        }
        return assets;
    }

    private static List<Bar> flat(int days) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            bars.add(bar(i, "10"));
        }
        return bars;
    }

    private static Bar bar(int day, String close) {
        Price price = Price.parse(close);
        return new Bar(at(day), at(day).plus(Duration.ofHours(20)), price, price, price, price, Volume.ZERO);
    }

    private static Instant at(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
