package org.papertrader.assets.replay.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.Resolution;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

@Tag("CARD-8")
class CsvLoaderTest {
    private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void readsTheSymbolFromTheFileName() throws IOException {
        write("us-daily/BAC.csv", "date,open,high,low,close,volume", "1998-01-02,73.25,73.94,72.06,73.63,919900");
        List<Bar> bars = day("BAC");
        assertThat(bars).hasSize(1);
        assertThat(bars.get(0).start()).isEqualTo("1998-01-02T00:00:00Z");
        assertThat(bars.get(0).end()).isEqualTo("1998-01-02T21:00:00Z");
        assertThat(bars.get(0).close()).hasToString("73.63");
        assertThat(bars.get(0).volume()).hasToString("919900");
    }

    @Test
    void readsTheWikiLayoutAndTurnsShareClasses() throws IOException {
        try (InputStream sample = getClass().getResourceAsStream("/samples/wiki-2014-sample.csv")) {
            Files.copy(sample, folder.resolve("wiki-2014.csv"));
        }
        CsvLoader.Loaded loaded = load();
        assertThat(loaded.badRows()).isZero();
        assertThat(loaded.library().listings())
                .extracting(AssetListing::symbol)
                .containsExactly(new Symbol("BRK.A"), new Symbol("ZEN"));
        assertThat(loaded.library().bars(new Symbol("BRK.A"), Resolution.DAY).size())
                .isEqualTo(5);
    }

    @Test
    void readsThePlotlyLayoutWhateverTheCaseAndOrder() throws IOException {
        write(
                "any.csv",
                "Close,Volume,exdividend,splitratio,adjclose,Stock,DATE,Low,HIGH,Open",
                "109.33,53204626.0,0.0,1.0,103.86,AAPL,2015-01-02,107.35,111.44,111.39");
        assertThat(day("AAPL")).singleElement().satisfies(bar -> {
            assertThat(bar.open()).hasToString("111.39");
            assertThat(bar.high()).hasToString("111.44");
            assertThat(bar.low()).hasToString("107.35");
            assertThat(bar.close()).hasToString("109.33");
            assertThat(bar.volume()).hasToString("53204626");
        });
    }

    @Test
    void readsZippedMinutesOfNewYork() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("barStartNY,open,high,low,close,volume\n2014-06-05T09:30,644.8,645,644.8,644.9,90\n"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Files.createDirectories(folder.resolve("us-minute"));
        Files.write(folder.resolve("us-minute/AAPL.csv.gz"), bytes.toByteArray());
        BarLibrary library = load().library();
        Bar minute = library.bars(new Symbol("AAPL"), Resolution.MINUTE)
                .range(Instant.EPOCH, FAR)
                .get(0);
        assertThat(minute.start()).isEqualTo("2014-06-05T13:30:00Z");
        assertThat(minute.end()).isEqualTo("2014-06-05T13:31:00Z");
        Bar day = library.bars(new Symbol("AAPL"), Resolution.DAY)
                .range(Instant.EPOCH, FAR)
                .get(0);
        assertThat(day.start()).isEqualTo("2014-06-05T00:00:00Z");
        assertThat(day.end()).isEqualTo("2014-06-05T20:00:00Z");
        assertThat(day.close()).isEqualTo(minute.close());
    }

    @Test
    void aDayMadeOfMinutesHasTheirExtremesAndSum() throws IOException {
        write(
                "ABC.csv",
                "datetime,open,high,low,close,volume",
                "2020-01-06 09:31:00,11,12,10,11,5",
                "2020-01-06 09:30:00,9,9.5,8,9,7",
                "2020-01-06 18:00:00,11,11,11,11,1",
                "2020-01-07 09:30:00,20,20,20,20,1");
        List<Bar> days = day("ABC");
        assertThat(days).hasSize(2);
        assertThat(days.get(0).open()).hasToString("9");
        assertThat(days.get(0).high()).hasToString("12");
        assertThat(days.get(0).low()).hasToString("8");
        assertThat(days.get(0).close()).hasToString("11");
        assertThat(days.get(0).volume()).hasToString("13");
        assertThat(days.get(0).end()).as("after the last minute").isEqualTo("2020-01-06T23:01:00Z");
    }

    @Test
    void hoursAreAsLongAsTheirRowsAreApart() throws IOException {
        write(
                "ABC.csv",
                "datetime,open,high,low,close,volume",
                "2020-01-06 09:30:00,9,9.5,8,9,7",
                "2020-01-06 10:00:00,9,10,9,10,6",
                "2020-01-06 11:00:00,10,12,10,11,5",
                "2020-01-06 13:00:00,11,11,11,11,4",
                "2020-01-06 14:00:00,11,12,11,12,3",
                "2020-01-06 15:00:00,12,12,11,12,3");
        List<Bar> hours =
                load().library().bars(new Symbol("ABC"), Resolution.MINUTE).range(Instant.EPOCH, FAR);
        assertThat(hours)
                .extracting(bar -> bar.start() + "/" + bar.end())
                .containsExactly(
                        "2020-01-06T14:30:00Z/2020-01-06T15:00:00Z",
                        "2020-01-06T15:00:00Z/2020-01-06T16:00:00Z",
                        "2020-01-06T16:00:00Z/2020-01-06T17:00:00Z",
                        "2020-01-06T18:00:00Z/2020-01-06T19:00:00Z",
                        "2020-01-06T19:00:00Z/2020-01-06T20:00:00Z",
                        "2020-01-06T20:00:00Z/2020-01-06T21:00:00Z");
    }

    @Test
    void theFingerprintTellsDataApartAndNotFiles() throws IOException {
        String header = "date,open,high,low,close,volume";
        write("ABC.csv", header, "2020-01-06,9,9.5,8,9,7", "2020-01-07,9,9.5,8,9,7");
        String whole = load().library().fingerprint();
        write("ABC.csv", header, "2020-01-06,9,9.5,8,9,7");
        String part = load().library().fingerprint();
        write("later/ABC.csv", header, "2020-01-07,9,9.5,8,9,7");

        assertThat(load().library().fingerprint()).isEqualTo(whole).isNotEqualTo(part);
    }

    @Test
    void readsCryptoAndForeignExchangeByFolder() throws IOException {
        write("crypto-daily/BTC-USD.csv", "date,open,high,low,close,volume", "2014-12-01,300,370,300,370,0.05655554");
        write("fx-daily/EURUSD.csv", "date,open,high,low,close,volume", "2007-01-01,1.31977,1.32175,1.3192,1.32145,0");
        assertThat(load().library().listings())
                .extracting(AssetListing::assetClass)
                .containsExactly("crypto", "fx");
        assertThat(day("BTC-USD").get(0).volume()).hasToString("0.05655554");
    }

    @Test
    void sessionsThatNeverCloseEndAtTheNextMidnight() throws IOException {
        write("ETH-USD.csv", "date,open,high,low,close", "2020-02-28,1,1,1,1");
        CsvLoader loader = new CsvLoader(SessionTimes.parse("UTC", "24:00"), Map.of());
        Bar bar = loader.directory(folder)
                .library()
                .bars(new Symbol("ETH-USD"), Resolution.DAY)
                .get(0);
        assertThat(bar.end()).isEqualTo("2020-02-29T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-02,1,2,3,2,10", // low above open
                "2020-01-02,5,2,1,2,10", // open above high
                "2020-01-02,NaN,2,1,2,10",
                "2020-01-02,,2,1,2,10",
                "2020-01-02,1,2,0,2,10",
                "2020-01-02,1,2,-1,2,10",
                "2020-01-02,1,2,1,2,-10",
                "2020-01-02,1,1e999999999,1,1,1",
                "2020-01-02,1,99999999999999999999,1,1,1",
                "2020-13-02,1,2,1,2,10",
                "yesterday,1,2,1,2,10",
                "2020-01-02,1,2"
            })
    void aBadRowIsSkippedAndCounted(String row) throws IOException {
        write("XYZ.csv", "date,open,high,low,close,volume", "2020-01-01,1,2,1,2,10", row, "2020-01-03,1,2,1,2,10");
        CsvLoader.Loaded loaded = load();
        assertThat(loaded.badRows()).isEqualTo(1);
        assertThat(loaded.library().rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "AAPL.events.csv, 'exDate,type,value,prevClose'",
        "AAPL2.csv, 'exDate,type,value,prevClose'",
        "index-SP500-daily-is-too-long.csv, 'date,open,high,low,close,volume'",
        "EMPTY.csv, ''"
    })
    void aFileWithoutBarsIsSkipped(String name, String header) throws IOException {
        write(name, header, "2014-06-09,SPLIT,7,645.57,1,1");
        write("GOOD.csv", "date,open,high,low,close", "2020-01-01,1,2,1,2");
        CsvLoader.Loaded loaded = load();
        assertThat(loaded.skippedFiles()).isEqualTo(1);
        assertThat(loaded.files()).isEqualTo(1);
        assertThat(loaded.library().rows()).isEqualTo(1);
    }

    @Test
    void theFirstOfTwoBarsOfOneDayStays() throws IOException {
        write("a/AAPL.csv", "date,open,high,low,close", "2020-01-02,1,1,1,1", "2020-01-01,3,3,3,3");
        write("b/AAPL.csv", "date,open,high,low,close", "2020-01-02,2,2,2,2", "2020-01-03,2,2,2,2");
        assertThat(day("AAPL")).extracting(bar -> bar.close().toString()).containsExactly("3", "1", "2");
        assertThat(load().duplicates()).isEqualTo(1);
    }

    @Test
    void moreThanEightDecimalsAreRoundedHalfEven() throws IOException {
        write("DOGE.csv", "date,open,high,low,close", "2020-01-02,0.123456785,0.2,0.1,0.123456775");
        assertThat(day("DOGE")).singleElement().satisfies(bar -> {
            assertThat(bar.open()).hasToString("0.12345678");
            assertThat(bar.close()).hasToString("0.12345678");
        });
    }

    @Test
    void noiseNeverStopsTheLoader() throws IOException {
        long seed = 20_261_123;
        Random random = new Random(seed);
        for (int file = 0; file < 50; file++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            random.nextBytes(noise);
            Files.write(folder.resolve("N" + file + (file % 3 == 0 ? ".csv.gz" : ".csv")), noise);
            write("M" + file + ".csv", "date,open,high,low,close\n" + new String(noise, StandardCharsets.ISO_8859_1));
        }
        write("GOOD.csv", "date,open,high,low,close", "2020-01-01,1,2,1,2");
        assertThat(day("GOOD")).as("seed %d", seed).hasSize(1);
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        Path missing = folder.resolve("missing");
        CsvLoader loader = new CsvLoader(SessionTimes.parse("UTC", "16:00"), Map.of());
        assertThatThrownBy(() -> loader.directory(missing)).isInstanceOf(NoSuchFileException.class);
    }

    /** Reads the folder that the system property {@code papertrader.data.extra} names, if it does. */
    @Test
    void readsTheWholeExtraFolder() throws IOException {
        String extra = System.getProperty("papertrader.data.extra", "");
        assumeTrue(!extra.isEmpty(), "no folder of further data is named");
        CsvLoader.Loaded loaded = new CsvLoader(SessionTimes.parse("America/New_York", "16:00"), EmbeddedData.names())
                .directory(Path.of(extra));
        assertThat(loaded.files()).isPositive();
        assertThat(loaded.badRows()).isZero();
        assertThat(loaded.library().rows()).isGreaterThan(25_000);
        System.getLogger(getClass().getName())
                .log(System.Logger.Level.INFO, "{0} bars, {1}", loaded.library().rows(), loaded);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private CsvLoader.Loaded load() throws IOException {
        return new CsvLoader(SessionTimes.parse("America/New_York", "16:00"), Map.of()).directory(folder);
    }

    private List<Bar> day(String symbol) throws IOException {
        return load().library().bars(new Symbol(symbol), Resolution.DAY).range(Instant.EPOCH, FAR);
    }
}
