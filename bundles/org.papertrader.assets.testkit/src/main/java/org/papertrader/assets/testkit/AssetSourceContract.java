package org.papertrader.assets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.assets.api.AssetListing;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.assets.api.BarRequest;
import org.papertrader.assets.api.Capabilities;
import org.papertrader.assets.api.Resolution;
import org.papertrader.assets.api.SymbolResult;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;

/**
 * What every {@link AssetSource} promises (CARD-8). An adapter's test extends this class and names its source, some
 * symbols that it has, one that it has not, and a time at which there is data; a source behind a network is given one
 * that talks to a stub.
 */
@Tag("CARD-8")
public abstract class AssetSourceContract {
    private static final int CALLERS = 4;
    private static final Duration HISTORY = Duration.ofDays(60);

    @SuppressWarnings("NullAway.Init") // set before each test
    private AssetSource source;

    /** A source, ready to be asked; a new one for each test. */
    protected abstract AssetSource source();

    /** Symbols that the source has, two at least, with daily bars in the 60 days before {@link #asOf}. */
    protected abstract Set<Symbol> knownSymbols();

    /** A well-formed symbol that the source does not have. */
    protected Symbol unknownSymbol() {
        return new Symbol("NOSUCHASSET00");
    }

    /** A market time at which there is data. */
    protected abstract Instant asOf();

    @BeforeEach
    final void takeSource() {
        source = source();
    }

    @Test
    void capabilitiesAreConstantAndPlausible() {
        Capabilities capabilities = source.capabilities();
        assertThat(capabilities).isEqualTo(source.capabilities());
        assertThat(capabilities.timeout()).isPositive();
        assertThat(capabilities.resolutions()).contains(Resolution.DAY);
        assertThat(capabilities.quotas())
                .allSatisfy(quota -> assertThat(quota.calls()).isPositive())
                .allSatisfy(quota -> assertThat(quota.window()).isPositive());
        Capabilities.ReplayRange replay = capabilities.replay();
        if (replay != null) {
            assertThat(replay.first()).isBeforeOrEqualTo(replay.last());
        }
    }

    @Test
    @Tag("MST-23")
    void listNamesEveryAssetOnce() {
        List<AssetListing> list = source.list();
        assertThat(list)
                .extracting(AssetListing::symbol)
                .doesNotHaveDuplicates()
                .containsAll(knownSymbols());
        assertThat(list).doesNotContain((AssetListing) null);
        assertThat(list).hasSizeLessThanOrEqualTo(100_000);
        assertThat(list)
                .allSatisfy(listing -> assertThat(listing.name()).isNotBlank().hasSizeLessThanOrEqualTo(100))
                .allSatisfy(listing -> assertThat(listing.assetClass()).isIn("equity", "crypto", "fx", "other"))
                .noneSatisfy(listing -> assertThat(listing.symbol()).isEqualTo(unknownSymbol()));
    }

    @Test
    void latestAnswersEachSymbolOnce() {
        List<SymbolResult> results = source.latest(knownSymbols(), asOf());
        assertThat(results).extracting(SymbolResult::symbol).containsExactlyInAnyOrderElementsOf(knownSymbols());
        assertThat(results).allSatisfy(result -> assertThat(bars(result)).hasSize(1));
    }

    @Test
    void anUnknownSymbolFailsAloneAndTheOthersSurvive() {
        Set<Symbol> mixed = new LinkedHashSet<>(knownSymbols());
        mixed.add(unknownSymbol());
        List<SymbolResult> results = source.latest(mixed, asOf());
        assertThat(results).hasSameSizeAs(mixed);
        for (SymbolResult result : results) {
            if (result.symbol().equals(unknownSymbol())) {
                assertThat(result)
                        .isInstanceOfSatisfying(SymbolResult.Failed.class, failed -> assertThat(failed.fault())
                                .isEqualTo(SymbolResult.Fault.UNKNOWN_SYMBOL));
            } else {
                assertThat(bars(result)).hasSize(1);
            }
        }
    }

    @Test
    void barsOfAnUnknownSymbolFail() {
        BarRequest request = new BarRequest(unknownSymbol(), Resolution.DAY, asOf().minus(HISTORY), asOf());
        assertThat(source.bars(request)).isInstanceOf(SymbolResult.Failed.class);
    }

    @Test
    void noSymbolsGiveNoResults() {
        assertThat(source.latest(Set.of(), asOf())).isEmpty();
    }

    @Test
    @Tag("PRO-13")
    void nothingIsLaterThanAskedFor() {
        for (int hours = 0; hours < 72; hours += 5) {
            Instant moment = asOf().minus(Duration.ofHours(hours));
            for (SymbolResult result : source.latest(knownSymbols(), moment)) {
                assertThat(bars(result)).allSatisfy(bar -> assertThat(bar.end()).isBeforeOrEqualTo(moment));
            }
        }
    }

    @Test
    void latestNeverGoesBackInTime() {
        Symbol symbol = knownSymbols().iterator().next();
        Instant before = Instant.MIN;
        for (int hours = 96; hours >= 0; hours -= 7) {
            List<SymbolResult> results = source.latest(Set.of(symbol), asOf().minus(Duration.ofHours(hours)));
            Instant end = bars(results.get(0)).get(0).end();
            assertThat(end).isAfterOrEqualTo(before);
            before = end;
        }
    }

    @Test
    void barsAreInOrderAndWithinTheRange() {
        for (Resolution resolution : source.capabilities().resolutions()) {
            for (Symbol symbol : knownSymbols()) {
                Instant after = asOf().minus(resolution == Resolution.DAY ? HISTORY : Duration.ofDays(4));
                List<Bar> bars = ask(symbol, resolution, after, asOf());
                assertThat(bars).extracting(Bar::end).doesNotHaveDuplicates().isSorted();
                assertThat(bars)
                        .allSatisfy(bar -> assertThat(bar.end()).isAfter(after).isBeforeOrEqualTo(asOf()))
                        .allSatisfy(bar -> assertThat(bar.start()).isBeforeOrEqualTo(bar.end()));
                if (resolution == Resolution.DAY) {
                    assertThat(bars).isNotEmpty();
                    assertThat(bars).allSatisfy(bar -> assertThat(bar.start().getEpochSecond() % 86_400)
                            .as("a daily bar starts at midnight UTC of its date")
                            .isZero());
                }
            }
        }
    }

    @Test
    void twoPartsOfARangeAreTheWhole() {
        Symbol symbol = knownSymbols().iterator().next();
        List<Bar> whole = ask(symbol, Resolution.DAY, asOf().minus(HISTORY), asOf());
        for (Bar cut : whole) {
            List<Bar> parts = new ArrayList<>(ask(symbol, Resolution.DAY, asOf().minus(HISTORY), cut.end()));
            parts.addAll(ask(symbol, Resolution.DAY, cut.end(), asOf()));
            assertThat(parts).as("cut at %s", cut.end()).isEqualTo(whole);
        }
    }

    @Test
    void anEmptyRangeIsNoFailure() {
        Symbol symbol = knownSymbols().iterator().next();
        assertThat(ask(symbol, Resolution.DAY, asOf(), asOf())).isEmpty();
    }

    @Test
    void severalCallersGetTheSameAnswers() throws InterruptedException, ExecutionException {
        List<SymbolResult> expected = sorted(source.latest(knownSymbols(), asOf()));
        Callable<List<SymbolResult>> call = () -> sorted(source.latest(knownSymbols(), asOf()));
        ExecutorService pool = Executors.newFixedThreadPool(CALLERS);
        try {
            for (Future<List<SymbolResult>> answer : pool.invokeAll(List.of(call, call, call, call))) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void resultsDoNotChangeWhenTheRequestedSetDoes() {
        Set<Symbol> asked = new HashSet<>(knownSymbols());
        List<SymbolResult> results = source.latest(asked, asOf());
        int count = results.size();
        asked.clear();
        assertThat(results).hasSize(count);
    }

    private List<Bar> ask(Symbol symbol, Resolution resolution, Instant after, Instant until) {
        return bars(source.bars(new BarRequest(symbol, resolution, after, until)));
    }

    private static List<Bar> bars(SymbolResult result) {
        assertThat(result).isInstanceOf(SymbolResult.Bars.class);
        return result instanceof SymbolResult.Bars bars ? bars.bars() : List.of();
    }

    private static List<SymbolResult> sorted(List<SymbolResult> results) {
        return results.stream()
                .sorted(Comparator.comparing(SymbolResult::symbol))
                .toList();
    }
}
