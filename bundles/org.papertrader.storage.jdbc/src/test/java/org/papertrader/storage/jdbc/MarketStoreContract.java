package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;
import org.papertrader.storage.api.MarketStore;
import org.papertrader.storage.api.MarketStore.BarKey;
import org.papertrader.storage.api.MarketStore.BarRange;
import org.papertrader.storage.api.MarketStore.BarResolution;
import org.papertrader.storage.api.MarketStore.StoredBar;
import org.papertrader.storage.api.MarketStore.StoredListing;

/** What every {@link MarketStore} in SQL does. */
public abstract class MarketStoreContract extends StorageContract {
    private static final Symbol A = new Symbol("AAA");
    private static final Symbol B = new Symbol("BBB");

    @Test
    @Tag("DS-3")
    void keepsBarsExactlyOverAReopening() {
        Bar bar = new Bar(
                NOW.minusSeconds(60),
                NOW,
                Price.parse("12.00000001"),
                Price.parse("92233720368.54775807"),
                Price.parse("0.00000001"),
                Price.parse("13"),
                new Volume(Long.MAX_VALUE, 3));
        storage.market().putBars(List.of(new StoredBar(A, BarResolution.MINUTE, bar, "replay")));

        reopen();

        assertThat(bars(BarResolution.MINUTE, Instant.EPOCH, NOW, 10)).containsExactly(bar);
        assertThat(storage.market().lastEnd(A, BarResolution.MINUTE)).contains(NOW);
        assertThat(storage.market().lastEnd(A, BarResolution.DAY)).isEmpty();
        assertThat(storage.market().lastEnd(B, BarResolution.MINUTE)).isEmpty();
    }

    @Test
    void dropsTheValuesOfOneSourceAndStatesByPrefix() {
        Bar bar = bar(NOW, 10);
        storage.market()
                .putBars(List.of(
                        new StoredBar(A, BarResolution.DAY, bar, "replay"),
                        new StoredBar(A, BarResolution.INTERVAL, bar, "replay"),
                        new StoredBar(A, BarResolution.MINUTE, bar, "other")));
        storage.market().putCurrent(List.of(new Asset(A, bar, "replay"), new Asset(B, bar, "other")));
        storage.market().putState("history.DAY.AAA", "replay");
        storage.market().putState("historian", "stays");

        assertThat(storage.market().dropValues("replay", null)).isEmpty();
        storage.market().dropStates("history.");

        assertThat(bars(BarResolution.DAY, Instant.EPOCH, NOW, 10)).isEmpty();
        assertThat(bars(BarResolution.INTERVAL, Instant.EPOCH, NOW, 10)).isEmpty();
        assertThat(bars(BarResolution.MINUTE, Instant.EPOCH, NOW, 10)).containsExactly(bar);
        assertThat(storage.market().current()).extracting(Asset::symbol).containsExactly(B);
        assertThat(storage.market().state("history.DAY.AAA")).isEmpty();
        assertThat(storage.market().state("historian")).contains("stays");
    }

    @Test
    void dropsTheValuesOfASourceAThousandBarsACall() {
        List<StoredBar> bars = mixed();
        storage.market().putBars(bars);

        Optional<BarKey> dropped = storage.market().dropValues("replay", null);
        assertThat(dropped).contains(key(bars.get(999)));
        assertThat(stored()).isEqualTo(without("replay", bars, 1_000));

        dropped = storage.market().dropValues("replay", dropped.orElseThrow());
        assertThat(dropped).contains(key(bars.get(1_999)));
        assertThat(stored()).isEqualTo(without("replay", bars, 2_000));

        assertThat(storage.market().dropValues("replay", dropped.orElseThrow())).isEmpty();
        assertThat(stored()).isEqualTo(without("replay", bars, bars.size()));
    }

    /** As after a crash between two calls. */
    @Test
    void dropsTheRestWhenItBeginsAnew() {
        List<StoredBar> bars = mixed();
        storage.market().putBars(bars);
        storage.market().putCurrent(List.of(new Asset(A, bar(NOW, 1), "replay"), new Asset(B, bar(NOW, 2), "other")));
        assertThat(storage.market().dropValues("replay", null)).isPresent();
        assertThat(storage.market().current()).extracting(Asset::symbol).containsExactly(B);

        reopen();
        Optional<BarKey> dropped = storage.market().dropValues("replay", null);
        while (dropped.isPresent()) {
            dropped = storage.market().dropValues("replay", dropped.get());
        }

        assertThat(stored()).isEqualTo(without("replay", bars, bars.size()));
    }

    /** In the order of their keys: symbols, resolutions and sources in turn, one series longer than a call. */
    private static List<StoredBar> mixed() {
        List<StoredBar> all = new ArrayList<>();
        for (Symbol symbol : List.of(A, B, new Symbol("C"))) {
            for (BarResolution resolution : BarResolution.values()) {
                int count = symbol.equals(B) && resolution == BarResolution.MINUTE ? 1_900 : 60;
                for (int i = 0; i < count; i++) {
                    String source = i % 3 == 0 ? "other" : "replay";
                    all.add(new StoredBar(symbol, resolution, bar(NOW.plusSeconds(i), 5), source));
                }
            }
        }
        return all;
    }

    private static BarKey key(StoredBar bar) {
        return new BarKey(bar.symbol(), bar.resolution(), bar.bar().end());
    }

    /** What is left when nothing of a source is among the first ones. */
    private static List<BarKey> without(String source, List<StoredBar> bars, int first) {
        return IntStream.range(0, bars.size())
                .filter(i -> i >= first || !bars.get(i).source().equals(source))
                .mapToObj(i -> key(bars.get(i)))
                .toList();
    }

    private List<BarKey> stored() {
        List<BarKey> keys = new ArrayList<>();
        for (Symbol symbol : List.of(A, B, new Symbol("C"))) {
            for (BarResolution resolution : BarResolution.values()) {
                storage.market()
                        .bars(new BarRange(symbol, resolution, Instant.EPOCH, NOW.plus(Duration.ofDays(1))), 10_000)
                        .forEach(bar -> keys.add(new BarKey(symbol, resolution, bar.end())));
            }
        }
        return keys;
    }

    @Test
    void replacesTheBarOfTheSameEnd() {
        put(BarResolution.DAY, bar(NOW, 10));
        put(BarResolution.DAY, bar(NOW, 11));
        put(BarResolution.INTERVAL, bar(NOW, 12));

        assertThat(bars(BarResolution.DAY, Instant.EPOCH, NOW, 10)).containsExactly(bar(NOW, 11));
    }

    @Test
    @Tag("PRO-13")
    void readsAfterAndUntilAndTheNewestWhereThereAreMore() {
        List<Bar> all = IntStream.range(0, 100)
                .mapToObj(i -> bar(NOW.plusSeconds(i), i + 1))
                .toList();
        all.forEach(bar -> put(BarResolution.MINUTE, bar));

        assertThat(bars(BarResolution.MINUTE, NOW, NOW.plusSeconds(9), 100)).isEqualTo(all.subList(1, 10));
        assertThat(bars(BarResolution.MINUTE, NOW, NOW.plusSeconds(9), 3)).isEqualTo(all.subList(7, 10));
        assertThatThrownBy(() -> bars(BarResolution.MINUTE, NOW, NOW, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTenThousandBarsAtOnceAndNoMore() {
        List<StoredBar> many = IntStream.range(0, 10_000)
                .mapToObj(i -> new StoredBar(A, BarResolution.MINUTE, bar(NOW.plusSeconds(60L * i), 5), "replay"))
                .toList();

        storage.market().putBars(many);
        storage.market().putBars(many);

        assertThat(bars(BarResolution.MINUTE, Instant.EPOCH, NOW.plus(Duration.ofDays(100)), 20_000))
                .hasSize(10_000);
        List<StoredBar> tooMany =
                IntStream.range(0, 10_001).mapToObj(i -> many.get(0)).toList();
        assertThatThrownBy(() -> storage.market().putBars(tooMany)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void storesBarsThatSeveralPutAtOnceOnce() throws Exception {
        List<StoredBar> many = IntStream.range(0, 500)
                .mapToObj(i -> new StoredBar(A, BarResolution.MINUTE, bar(NOW.plusSeconds(60L * i), 5), "replay"))
                .toList();

        atOnce(4, () -> {
            storage.market().putBars(many);
            return true;
        });

        assertThat(bars(BarResolution.MINUTE, Instant.EPOCH, NOW.plus(Duration.ofDays(100)), 20_000))
                .hasSize(500);
    }

    @Test
    void replacesLatestValuesOfTheGivenAssetsOnly() {
        storage.market().putCurrent(List.of(new Asset(B, bar(NOW, 1), "replay"), new Asset(A, bar(NOW, 2), "replay")));
        storage.market().putCurrent(List.of(new Asset(A, bar(NOW.plusSeconds(1), 3), "stooq")));

        assertThat(storage.market().current())
                .containsExactly(
                        new Asset(A, bar(NOW.plusSeconds(1), 3), "stooq"), new Asset(B, bar(NOW, 1), "replay"));
    }

    @Test
    void listsAssetsBySymbol() {
        storage.market()
                .putListings(List.of(
                        new StoredListing(B, "Bee", "stock", "replay"), new StoredListing(A, "Ä & Co", "fund", "x")));
        storage.market().putListings(List.of(new StoredListing(B, "Bee Inc.", "stock", "replay")));

        assertThat(storage.market().listings())
                .containsExactly(
                        new StoredListing(A, "Ä & Co", "fund", "x"),
                        new StoredListing(B, "Bee Inc.", "stock", "replay"));
    }

    @Test
    void keepsNamedTexts() {
        assertThat(storage.market().state("clock")).isEmpty();
        storage.market().putState("clock", "");
        storage.market().putState("clock", "x".repeat(4_000));

        reopen();

        assertThat(storage.market().state("clock")).contains("x".repeat(4_000));
    }

    private void put(BarResolution resolution, Bar bar) {
        storage.market().putBars(List.of(new StoredBar(A, resolution, bar, "replay")));
    }

    private List<Bar> bars(BarResolution resolution, Instant after, Instant until, int limit) {
        return storage.market().bars(new BarRange(A, resolution, after, until), limit);
    }

    private static Bar bar(Instant end, int price) {
        Price flat = Price.parse(Integer.toString(price));
        return new Bar(end.minusSeconds(1), end, flat, flat, flat, flat, new Volume(price, 0));
    }
}
