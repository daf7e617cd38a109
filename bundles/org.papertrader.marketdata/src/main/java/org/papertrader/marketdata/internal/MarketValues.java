package org.papertrader.marketdata.internal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.papertrader.assets.api.AssetSource;
import org.papertrader.marketdata.api.AssetListQuery;

/** What the shell's Tab key offers where a command wants a symbol or a source. */
@Component(
        service = MarketValues.class,
        property = {"osgi.command.scope=values", "osgi.command.function=symbol", "osgi.command.function=source"})
public final class MarketValues {
    private static final int SYMBOLS_MAX = 200;

    private final MarketEngine engine;
    private final Collection<AssetSource> sources = new CopyOnWriteArrayList<>();

    @Activate
    public MarketValues(@Reference MarketDataComponent component) {
        this.engine = component.engine();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSource(AssetSource source) {
        sources.add(source);
    }

    void unbindSource(AssetSource source) {
        sources.remove(source);
    }

    /** Symbols that begin with the last of the words. */
    public List<String> symbol(String... words) {
        return engine.assets(new AssetListQuery(last(words).toUpperCase(Locale.ROOT), null)).assets().stream()
                .map(asset -> asset.symbol().toString())
                .limit(SYMBOLS_MAX)
                .toList();
    }

    /** Ids of sources. */
    public List<String> source(String... words) {
        return sources.stream()
                .map(source -> source.capabilities().id())
                .filter(id -> id.startsWith(last(words)))
                .sorted()
                .toList();
    }

    private static String last(String... words) {
        return Stream.of(words).reduce("", (before, word) -> word);
    }
}
