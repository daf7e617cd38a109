package org.papertrader.marketdata.internal;

import java.util.Locale;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;

/** Shell commands {@code assets:list [prefix]} and {@code assets:sources}. */
@Component(
        service = AssetsCommand.class,
        property = {"osgi.command.scope=assets", "osgi.command.function=list", "osgi.command.function=sources"})
public final class AssetsCommand {
    private final MarketEngine engine;

    @Activate
    public AssetsCommand(@Reference MarketDataComponent component) {
        this(component.engine());
    }

    AssetsCommand(MarketEngine engine) {
        this.engine = engine;
    }

    /** The first assets with their latest values. */
    public String list() {
        return list("");
    }

    /** The first assets whose symbols begin so, with their latest values. */
    public String list(String prefix) {
        AssetListReply.Page reply = engine.assets(new AssetListQuery(prefix.toUpperCase(Locale.ROOT), null));
        String lines = reply.assets().stream().map(AssetsCommand::line).collect(Collectors.joining("\n"));
        return reply.more() ? lines + "\n..." : lines;
    }

    private static String line(AssetInfo info) {
        Bar bar = info.current();
        String value = bar == null ? "no value yet" : bar.close() + " at " + bar.end();
        return "%-16s %-6s %-10s %s  %s".formatted(info.symbol(), info.assetClass(), info.source(), value, info.name());
    }

    /** How each source does, what is left of its quota, and which values are held back. */
    public String sources() {
        return engine.sourcesText();
    }
}
