package org.papertrader.assets.replay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

class EmbeddedDataTest {
    private static final SessionTimes TIMES = SessionTimes.parse("America/New_York", "16:00");
    private static final Symbol AAPL = new Symbol("AAPL");

    @Test
    void shipsFourAssetsWithNamesAndWithoutYhoo() throws IOException {
        ReplaySource source = new ReplaySource(EmbeddedData.load(TIMES).library());
        assertThat(source.list())
                .containsExactly(
                        new AssetListing(AAPL, "Apple Inc.", "equity"),
                        new AssetListing(new Symbol("COKE"), "Coca-Cola Consolidated, Inc.", "equity"),
                        new AssetListing(new Symbol("GOOGL"), "Alphabet Inc. (Class A)", "equity"),
                        new AssetListing(new Symbol("TSLA"), "Tesla, Inc.", "equity"));
        assertThat(source.capabilities().replay().first()).isEqualTo("2015-01-02T21:00:00Z");
        assertThat(source.capabilities().replay().last()).isEqualTo("2017-12-29T21:00:00Z");
        assertThat(source.capabilities().resolutions()).containsExactly(Resolution.DAY);
    }

    @Test
    @Tag("DS-3")
    void everyValueEqualsTheFile() throws IOException {
        CsvLoader.Loaded loaded = EmbeddedData.load(TIMES);
        assertThat(loaded.badRows()).isZero();
        assertThat(loaded.duplicates()).isZero();
        int rows = 0;
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder()
                .ofNamedCsvRecord(EmbeddedData.class.getResourceAsStream("bars.csv"), StandardCharsets.UTF_8)) {
            for (NamedCsvRecord row : csv) {
                Instant end = TIMES.dayEnd(LocalDate.parse(row.getField("date")));
                Bar bar = loaded.library()
                        .bars(new Symbol(row.getField("stock")), Resolution.DAY)
                        .latest(end);
                assertThat(bar.end()).isEqualTo(end);
                assertThat(bar.open().toBigDecimal()).isEqualByComparingTo(rounded(row.getField("open")));
                assertThat(bar.high().toBigDecimal()).isEqualByComparingTo(rounded(row.getField("high")));
                assertThat(bar.low().toBigDecimal()).isEqualByComparingTo(rounded(row.getField("low")));
                assertThat(bar.close().toBigDecimal()).isEqualByComparingTo(rounded(row.getField("close")));
                assertThat(bar.volume().toBigDecimal()).isEqualByComparingTo(new BigDecimal(row.getField("volume")));
                rows++;
            }
        }
        assertThat(rows).isEqualTo(3_015).isEqualTo(loaded.library().rows());
    }

    @Test
    @Tag("MST-24")
    void theMarketIsClosedAfterTheLastBarOnly() throws IOException {
        ReplaySource source = new ReplaySource(EmbeddedData.load(TIMES).library());
        Instant last = source.capabilities().replay().last();
        assertThat(latest(source, last).open()).isTrue();
        assertThat(latest(source, last.plusSeconds(1)).open()).isFalse();
        assertThat(latest(source, last.plusSeconds(1)).bars()).hasSize(1);
    }

    @Test
    @Tag("PRO-13")
    void aDaysBarIsUnknownUntilTheSessionCloses() throws IOException {
        ReplaySource source = new ReplaySource(EmbeddedData.load(TIMES).library());
        // Summer: New York's 16:00 is 20:00 UTC.
        Instant close = Instant.parse("2016-07-06T20:00:00Z");
        assertThat(latest(source, close.minusMillis(1)).bars().get(0).end()).isEqualTo("2016-07-05T20:00:00Z");
        Bar bar = latest(source, close).bars().get(0);
        assertThat(bar.end()).isEqualTo(close);
        assertThat(bar.start()).isEqualTo("2016-07-06T00:00:00Z");
    }

    /** The file holds a few values such as 106.45100000000001. */
    private static BigDecimal rounded(String text) {
        return new BigDecimal(text).setScale(8, RoundingMode.HALF_EVEN);
    }

    private static SymbolResult.Bars latest(ReplaySource source, Instant asOf) {
        return (SymbolResult.Bars) source.latest(Set.of(AAPL), asOf).get(0);
    }
}
