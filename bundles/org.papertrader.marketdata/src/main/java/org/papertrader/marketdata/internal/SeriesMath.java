package org.papertrader.marketdata.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;

/** Makes coarser bars of finer ones: first open, highest high, lowest low, last close, volume summed. */
final class SeriesMath {
    private SeriesMath() {}

    /** One bar a month (of the bars' starts, in UTC, which for daily bars is the exchange's date). */
    static List<Bar> byMonth(List<Bar> daily) {
        return grouped(daily, bar -> YearMonth.from(bar.start().atOffset(ZoneOffset.UTC)));
    }

    /** One bar for each period of this length that has any, counted from the epoch. */
    static List<Bar> byPeriod(List<Bar> bars, Duration length) {
        long millis = length.toMillis();
        return grouped(bars, bar -> Math.floorDiv(bar.start().toEpochMilli(), millis));
    }

    /** Of several bars with one start the one that ended last: what a source called a day's bar during that day. */
    static List<Bar> onePerStart(List<Bar> bars) {
        Map<Instant, Bar> last = new LinkedHashMap<>();
        bars.forEach(bar -> last.put(bar.start(), bar));
        return List.copyOf(last.values());
    }

    private static <K> List<Bar> grouped(List<Bar> bars, Function<Bar, K> keyOf) {
        Map<K, Bar> groups = new LinkedHashMap<>();
        bars.forEach(bar -> groups.merge(keyOf.apply(bar), bar, SeriesMath::joined));
        return new ArrayList<>(groups.values());
    }

    private static Bar joined(Bar first, Bar last) {
        return new Bar(
                first.start(),
                last.end().isAfter(first.end()) ? last.end() : first.end(),
                first.open(),
                first.high().compareTo(last.high()) >= 0 ? first.high() : last.high(),
                lower(first.low(), last.low()),
                last.close(),
                first.volume().plus(last.volume()));
    }

    private static Price lower(Price left, Price right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
