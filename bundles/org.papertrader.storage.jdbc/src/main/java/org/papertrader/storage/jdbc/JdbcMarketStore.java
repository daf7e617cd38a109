package org.papertrader.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Asset;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Symbol;
import org.papertrader.model.Volume;
import org.papertrader.storage.api.MarketStore;

/** Market values in four tables. Rows are written in the order of their keys, so that two writers cannot deadlock. */
final class JdbcMarketStore implements MarketStore {
    private static final int ROWS_PER_TRANSACTION = 1_000;
    private static final int BARS_MAX = 10_000;
    private static final int BARS_READ_MAX = 100_000;
    private static final List<String> VALUES =
            List.of("starts", "ends", "open_price", "high_price", "low_price", "close_price", "volume", "volume_scale");
    private static final String VALUES_SQL = String.join(", ", VALUES);

    private final Database database;
    private final Bulk<StoredListing> listings;
    private final Bulk<StoredBar> bars;
    private final Bulk<Asset> current;
    private final Bulk<String[]> state;

    JdbcMarketStore(Database database) {
        this.database = database;
        Dialect dialect = database.dialect();
        int rows = dialect.rowsPerStatement();
        listings = new Bulk<>(
                dialect.upsert("market_listing", List.of("symbol"), List.of("symbol", "name", "asset_class", "source")),
                rows,
                (p, listing) -> p.add(listing.symbol().value())
                        .add(listing.name())
                        .add(listing.assetClass())
                        .add(listing.source()));
        bars = new Bulk<>(
                dialect.upsert(
                        "market_bar",
                        List.of("symbol", "resolution", "ends"),
                        columns(List.of("symbol", "resolution"), VALUES, List.of("source"))),
                rows,
                (p, bar) -> values(p.add(bar.symbol().value()).add(Codes.of(bar.resolution())), bar.bar())
                        .add(bar.source()));
        current = new Bulk<>(
                dialect.upsert(
                        "market_current", List.of("symbol"), columns(List.of("symbol"), VALUES, List.of("source"))),
                rows,
                (p, asset) -> values(p.add(asset.symbol().value()), asset.bar()).add(asset.source()));
        state = new Bulk<>(
                dialect.upsert("market_state", List.of("name"), List.of("name", "content")),
                1,
                (p, entry) -> p.add(entry[0]).add(entry[1]));
    }

    @Override
    public void putListings(List<StoredListing> rows) {
        put("store listings", listings, sorted(rows, Comparator.comparing(StoredListing::symbol)));
    }

    @Override
    public List<StoredListing> listings() {
        return database.read(
                "list the assets",
                connection -> Sql.list(
                        connection,
                        "SELECT symbol, name, asset_class, source FROM market_listing ORDER BY symbol",
                        Sql.Binder.NONE,
                        row -> new StoredListing(new Symbol(row.text()), row.text(), row.text(), row.text())));
    }

    @Override
    public void putBars(List<StoredBar> rows) {
        if (rows.size() > BARS_MAX) {
            throw new IllegalArgumentException("at most " + BARS_MAX + " bars a call, not " + rows.size());
        }
        put(
                "store bars",
                bars,
                sorted(
                        rows,
                        Comparator.comparing(StoredBar::symbol)
                                .thenComparing(StoredBar::resolution)
                                .thenComparing(bar -> bar.bar().end())));
    }

    @Override
    public List<Bar> bars(BarRange range, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit is 1 or more: " + limit);
        }
        List<Bar> newestFirst = database.read(
                "read bars",
                connection -> Sql.list(
                        connection,
                        "SELECT " + VALUES_SQL + " FROM market_bar WHERE symbol = ? AND resolution = ?"
                                + " AND ends > ? AND ends <= ? ORDER BY symbol DESC, resolution DESC, ends DESC LIMIT ?",
                        p -> p.add(range.symbol().value())
                                .add(Codes.of(range.resolution()))
                                .add(range.after())
                                .add(range.until())
                                .add(Math.min(limit, BARS_READ_MAX)),
                        JdbcMarketStore::bar));
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    @Override
    public Optional<Instant> lastEnd(Symbol symbol, BarResolution resolution) {
        return database.read(
                "find the newest bar",
                connection -> Sql.first(
                        connection,
                        "SELECT ends FROM market_bar WHERE symbol = ? AND resolution = ?"
                                + " ORDER BY symbol DESC, resolution DESC, ends DESC LIMIT 1",
                        p -> p.add(symbol.value()).add(Codes.of(resolution)),
                        Row::instant));
    }

    @Override
    public List<Asset> current() {
        return database.read(
                "read the latest values",
                connection -> Sql.list(
                        connection,
                        "SELECT symbol, " + VALUES_SQL + ", source FROM market_current ORDER BY symbol",
                        Sql.Binder.NONE,
                        row -> new Asset(new Symbol(row.text()), bar(row), row.text())));
    }

    @Override
    public void putCurrent(List<Asset> assets) {
        put("store the latest values", current, sorted(assets, Comparator.comparing(Asset::symbol)));
    }

    @Override
    public Optional<BarKey> dropValues(String source, @Nullable BarKey after) {
        if (after == null) {
            dropCurrent(source);
        }
        List<SourcedKey> page = database.read("look for bars of a source", connection -> after(connection, after));
        List<BarKey> theirs = page.stream()
                .filter(row -> row.source().equals(source))
                .map(SourcedKey::key)
                .toList();
        inParts(
                "drop bars of a source",
                theirs,
                (connection, keys) -> Sql.updateEach(
                        connection,
                        "DELETE FROM market_bar WHERE symbol = ? AND resolution = ? AND ends = ? AND source = ?",
                        keys,
                        (p, key) -> p.add(key.symbol().value())
                                .add(Codes.of(key.resolution()))
                                .add(key.end())
                                .add(source)));
        return page.size() < ROWS_PER_TRANSACTION
                ? Optional.empty()
                : Optional.of(page.get(page.size() - 1).key());
    }

    private void dropCurrent(String source) {
        List<String> symbols = database.read(
                "look for latest values of a source",
                connection -> Sql.list(
                        connection,
                        "SELECT symbol FROM market_current WHERE source = ? ORDER BY symbol",
                        p -> p.add(source),
                        Row::text));
        inParts(
                "drop latest values of a source",
                symbols,
                (connection, some) -> Sql.updateEach(
                        connection,
                        "DELETE FROM market_current WHERE symbol = ? AND source = ?",
                        some,
                        (p, symbol) -> p.add(symbol).add(source)));
    }

    /** The next bars of all sources: of the same series, of the same symbol, then of others; each a range of the key. */
    private static List<SourcedKey> after(Connection connection, @Nullable BarKey key) throws SQLException {
        if (key == null) {
            return keys(connection, "symbol > ''", ROWS_PER_TRANSACTION, Sql.Binder.NONE);
        }
        String symbol = key.symbol().value();
        int resolution = Codes.of(key.resolution());
        List<SourcedKey> page = new ArrayList<>(
                keys(connection, "symbol = ? AND resolution = ? AND ends > ?", ROWS_PER_TRANSACTION, p -> p.add(symbol)
                        .add(resolution)
                        .add(key.end())));
        if (page.size() < ROWS_PER_TRANSACTION) {
            page.addAll(keys(
                    connection, "symbol = ? AND resolution > ?", ROWS_PER_TRANSACTION - page.size(), p -> p.add(symbol)
                            .add(resolution)));
        }
        if (page.size() < ROWS_PER_TRANSACTION) {
            page.addAll(keys(connection, "symbol > ?", ROWS_PER_TRANSACTION - page.size(), p -> p.add(symbol)));
        }
        return page;
    }

    private static List<SourcedKey> keys(Connection connection, String range, int limit, Sql.Binder binder)
            throws SQLException {
        return Sql.list(
                connection,
                "SELECT symbol, resolution, ends, source FROM market_bar WHERE " + range
                        + " ORDER BY symbol, resolution, ends LIMIT ?",
                p -> {
                    binder.bind(p);
                    p.add(limit);
                },
                row -> new SourcedKey(
                        new BarKey(new Symbol(row.text()), Codes.barResolution(row.small()), row.instant()),
                        row.text()));
    }

    @Override
    public Optional<String> state(String key) {
        return database.read(
                "read a state",
                connection -> Sql.first(
                        connection, "SELECT content FROM market_state WHERE name = ?", p -> p.add(key), Row::text));
    }

    @Override
    public void putState(String key, String value) {
        put("store a state", state, List.<String[]>of(new String[] {key, value}));
    }

    @Override
    public void dropStates(String prefix) {
        List<String> names = database.read(
                "look for states",
                connection -> Sql.list(
                        connection,
                        "SELECT name FROM market_state WHERE SUBSTRING(name, 1, ?) = ? ORDER BY name",
                        p -> p.add(prefix.length()).add(prefix),
                        Row::text));
        inParts(
                "drop states",
                names,
                (connection, some) ->
                        Sql.updateEach(connection, "DELETE FROM market_state WHERE name = ?", some, Parameters::add));
    }

    private <T> void put(String what, Bulk<T> bulk, List<T> rows) {
        inParts(what, rows, bulk::write);
    }

    /** All others that write wait for each transaction. */
    private <T> void inParts(String what, List<T> rows, Part<T> work) {
        for (int from = 0; from < rows.size(); from += ROWS_PER_TRANSACTION) {
            List<T> some = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_TRANSACTION));
            database.repeatable(what, connection -> {
                work.write(connection, some);
                return true;
            });
        }
    }

    private static <T> List<T> sorted(List<T> rows, Comparator<T> order) {
        return rows.stream().sorted(order).toList();
    }

    private static List<String> columns(List<String> first, List<String> second, List<String> third) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        all.addAll(third);
        return all;
    }

    private static Parameters values(Parameters p, Bar bar) throws SQLException {
        return p.add(bar.start())
                .add(bar.end())
                .add(bar.open().mantissa())
                .add(bar.high().mantissa())
                .add(bar.low().mantissa())
                .add(bar.close().mantissa())
                .add(bar.volume().mantissa())
                .add(bar.volume().scale());
    }

    private static Bar bar(Row row) throws SQLException {
        return new Bar(
                row.instant(),
                row.instant(),
                new Price(row.number()),
                new Price(row.number()),
                new Price(row.number()),
                new Price(row.number()),
                new Volume(row.number(), row.small()));
    }

    /** What one transaction does with some of the rows. */
    @FunctionalInterface
    private interface Part<T> {
        void write(Connection connection, List<T> rows) throws SQLException;
    }

    private record SourcedKey(BarKey key, String source) {}
}
