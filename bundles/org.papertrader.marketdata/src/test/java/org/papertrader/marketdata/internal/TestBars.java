package org.papertrader.marketdata.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;

/** Bars for tests: the real ones that the replay bundle ships, read without its code, and made-up ones. */
final class TestBars {
    static final Symbol AAPL = new Symbol("AAPL");
    static final Symbol TSLA = new Symbol("TSLA");
    static final Symbol XYZ = new Symbol("XYZ");

    private TestBars() {}

    /** All embedded bars as a replay source. */
    static FakeSource replay() {
        FakeSource source = new FakeSource("replay");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                TestBars.class.getResourceAsStream("/org/papertrader/assets/replay/internal/bars.csv"),
                StandardCharsets.UTF_8))) {
            List<String[]> rows =
                    lines.lines().skip(1).map(line -> line.split(",")).toList();
            rows.stream()
                    .map(row -> row[0])
                    .distinct()
                    .forEach(symbol -> source.add(
                            new Symbol(symbol),
                            rows.stream()
                                    .filter(row -> row[0].equals(symbol))
                                    .map(TestBars::bar)
                                    .toArray(Bar[]::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<Symbol> symbols = source.days.keySet();
        return source.replay(
                symbols.stream()
                        .map(symbol -> source.days.get(symbol).get(0).end())
                        .min(Instant::compareTo)
                        .get(),
                symbols.stream()
                        .map(symbol -> source.days.get(symbol))
                        .map(bars -> bars.get(bars.size() - 1).end())
                        .max(Instant::compareTo)
                        .get());
    }

    private static Bar bar(String[] row) {
        LocalDate date = LocalDate.parse(row[1]);
        Price[] prices =
                Arrays.stream(row, 2, 6).map(BigDecimal::new).map(Price::of).toArray(Price[]::new);
        return new Bar(
                date.atStartOfDay(ZoneOffset.UTC).toInstant(),
                date.atTime(LocalTime.of(16, 0))
                        .atZone(ZoneId.of("America/New_York"))
                        .toInstant(),
                prices[0],
                prices[1],
                prices[2],
                prices[3],
                Volume.of(new BigDecimal(row[6])));
    }

    /** A made-up day that closes at 20:00 UTC at this price. */
    static Bar day(String date, String close) {
        Instant start = LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
        return flat(start, start.plus(Duration.ofHours(20)), close);
    }

    /** A made-up minute that starts then. */
    static Bar minute(String start, String close) {
        Instant begin = Instant.parse(start);
        return flat(begin, begin.plusSeconds(60), close);
    }

    private static Bar flat(Instant start, Instant end, String close) {
        Price price = Price.parse(close);
        return new Bar(start, end, price, price, price, price, new Volume(10, 0));
    }
}
