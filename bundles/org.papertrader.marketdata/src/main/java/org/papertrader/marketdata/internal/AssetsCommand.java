package org.papertrader.marketdata.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.gate.UnavailableException;
import org.papertrader.marketdata.api.AssetListQuery;
import org.papertrader.marketdata.api.AssetListReply;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Symbol;
import org.papertrader.shell.text.Facts;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Listing;
import org.papertrader.shell.text.Typed;
import org.papertrader.shell.text.Words;

/** Shell commands of scope {@code assets}. */
@Component(
        service = AssetsCommand.class,
        property = {
            "osgi.command.scope=assets",
            "osgi.command.function=list",
            "osgi.command.function=show",
            "osgi.command.function=sources",
            "osgi.command.function=prefer"
        })
public final class AssetsCommand {
    private static final String LIST = "assets:list [PREFIX] [--after SYMBOL] [--limit NUMBER] [--json]";
    private static final String SHOW = "assets:show SYMBOL [--json]";
    private static final String SOURCES = "assets:sources [--json]";
    private static final String PREFER = "assets:prefer SOURCE";

    private final MarketEngine engine;

    @Activate
    public AssetsCommand(@Reference MarketDataComponent component) {
        this(component.engine());
    }

    AssetsCommand(MarketEngine engine) {
        this.engine = engine;
    }

    /** Lists assets with their latest values. */
    @Descriptor("lists assets by symbol, with their latest values")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("only those behind this symbol, to go on where a list ended")
                    @Parameter(names = "--after", absentValue = "")
                    String after,
            @Descriptor("how many at most, 1 to 1000") @Parameter(names = "--limit", absentValue = "50") String limit,
            @Descriptor("only those whose symbols begin so") String... prefix) {
        String begin = Typed.atMostOne(prefix, LIST).orElse("").toUpperCase(Locale.ROOT);
        int most = Typed.number(limit, AssetListQuery.PAGE_MAX);
        AssetListReply.Page page = engine.assets(new AssetListQuery(begin, after.isEmpty() ? null : symbol(after)));
        List<AssetInfo> shown = page.assets().stream().limit(most).toList();
        boolean more = page.more() || page.assets().size() > most;
        String footer = shown.size() + " assets"
                + (more ? "; for more: --after " + shown.get(shown.size() - 1).symbol() : "") + "\n";
        return new Listing(
                        "assets",
                        shown.stream().map(AssetsCommand::row).toList(),
                        Set.of("name", "source"),
                        new Facts().add("more", more),
                        footer)
                .text(json);
    }

    /** Shows one asset. */
    @Descriptor("shows one asset: its value with source and age, and what is stored of its days")
    public String show(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("the asset's symbol") String... symbol) {
        Symbol asset = symbol(Typed.one(symbol, SHOW));
        try {
            return engine.report().asset(asset).text(json);
        } catch (UnavailableException e) {
            throw new Failed("try again: " + e.getMessage());
        }
    }

    /** Lists the sources. */
    @Descriptor("lists the sources, the preferred first: state, age of the last value, quota left, failures")
    public String sources(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("nothing more") String... words) {
        Typed.none(words, SOURCES);
        MarketReport report = engine.report();
        List<Facts> rows = report.sources();
        List<String> troubles = report.troubles();
        String lines = troubles.stream().map(line -> line + "\n").collect(Collectors.joining());
        return new Listing(
                        "sources",
                        rows,
                        Set.of("source"),
                        new Facts().add("troubles", troubles),
                        rows.isEmpty() ? "no source\n" + lines : lines)
                .text(json);
    }

    /** Prefers a source; by {@code config:set}, so that there is one writer of the operator's files. */
    @Descriptor("prefers a source from the next interval on, and after the next start too")
    public String prefer(
            CommandSession session, @Descriptor("the source's id, as assets:sources shows it") String... source)
            throws Exception {
        String first = Typed.one(source, PREFER);
        List<String> known = engine.report().sourceIds();
        if (!known.contains(first)) {
            throw new Failed("there is no source " + Words.printable(first)
                    + (known.isEmpty() ? "" : "; there are " + String.join(", ", known)));
        }
        List<String> order = new ArrayList<>(engine.preference());
        order.remove(first);
        order.add(0, first);
        String answer = OperatorValue.set(session, "sourcePreference", String.join(",", order));
        return first + " is preferred from the next interval on\n" + answer;
    }

    private static Symbol symbol(String text) {
        return new Symbol(text.toUpperCase(Locale.ROOT));
    }

    private static Facts row(AssetInfo info) {
        Bar bar = info.current();
        return new Facts()
                .add("symbol", info.symbol())
                .add("class", info.assetClass())
                .add("source", info.source())
                .add("value", bar == null ? null : bar.close())
                .add("at", bar == null ? null : bar.end())
                .add("name", info.name());
    }
}
