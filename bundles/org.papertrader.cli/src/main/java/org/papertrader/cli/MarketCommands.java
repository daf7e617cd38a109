package org.papertrader.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.cli.Report.Column;
import org.papertrader.client.Period;
import org.papertrader.model.AssetInfo;
import org.papertrader.model.Bar;
import org.papertrader.model.Prediction;
import org.papertrader.model.Symbol;
import org.papertrader.protocol.api.AsOf;
import org.papertrader.protocol.api.Payload;
import org.papertrader.protocol.api.ServerInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of market data. */
final class MarketCommands {
    private MarketCommands() {}

    @Command(name = "assets", description = "List assets.")
    static final class Assets extends ClientCommand {
        @Parameters(index = "0", arity = "0..1", paramLabel = "PREFIX", description = "What symbols begin with.")
        private String prefix = "";

        @Override
        Report run(Workspace workspace) {
            List<AssetInfo> assets = workspace.loggedIn().assets(prefix.toUpperCase(Locale.ROOT));
            return new Report.Table(
                    List.of(Column.left("symbol"), Column.left("name"), Column.left("class"), Column.right("close")),
                    assets.stream()
                            .map(asset -> List.of(
                                    asset.symbol().value(), asset.name(), asset.assetClass(), close(asset.current())))
                            .toList());
        }

        private static String close(@Nullable Bar bar) {
            return bar == null ? "-" : bar.close().toString();
        }
    }

    @Command(name = "info", description = "What is known of an asset.")
    static final class Info extends ClientCommand {
        @Parameters(index = "0", paramLabel = "SYMBOL", description = "The asset.")
        private String symbol = "";

        @Override
        Report run(Workspace workspace) {
            AssetInfo info = workspace.loggedIn().info(Arguments.symbol(symbol));
            return Report.Facts.of(
                    "symbol", info.symbol().value(),
                    "name", info.name(),
                    "class", info.assetClass(),
                    "source", info.source());
        }
    }

    @Command(name = "quote", description = "The latest values of assets.")
    static final class Quote extends ClientCommand {
        @Parameters(arity = "1..*", paramLabel = "SYMBOL", description = "The assets.")
        private List<String> symbols = List.of();

        @Override
        Report run(Workspace workspace) {
            return quotes(symbols.stream()
                    .map(symbol -> workspace.loggedIn().quote(Arguments.symbol(symbol)))
                    .toList());
        }
    }

    static Report quotes(List<Payload.CurrentValue> values) {
        return new Report.Table(
                List.of(
                        Column.left("symbol"),
                        Column.left("day"),
                        Column.right("open"),
                        Column.right("high"),
                        Column.right("low"),
                        Column.right("close"),
                        Column.right("volume"),
                        Column.left("source")),
                values.stream()
                        .map(value -> {
                            Bar bar = value.asset().bar();
                            String stale = value.stamp().stale() ? " (stale)" : "";
                            return List.of(
                                    value.asset().symbol().value(),
                                    bar.start().toString().substring(0, 10),
                                    bar.open().toString(),
                                    bar.high().toString(),
                                    bar.low().toString(),
                                    bar.close().toString(),
                                    bar.volume().toString(),
                                    value.asset().source() + stale);
                        })
                        .toList());
    }

    @Command(name = "history", description = "Values of the past, as a chart and a table.")
    static final class History extends ClientCommand {
        @Parameters(index = "0", paramLabel = "SYMBOL", description = "The asset.")
        private String symbol = "";

        @Option(
                names = "--period",
                paramLabel = "PERIOD",
                description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private Period period = Period.MONTH;

        @Option(
                names = "--date",
                paramLabel = "DATE",
                description = "Where it ends: 2016-03-01 or 2016-03-01T15:30:00Z (default: market time).")
        private @Nullable String date;

        @Option(names = "--no-chart", description = "Only the table.")
        private boolean noChart;

        @Override
        Report run(Workspace workspace) {
            Symbol asset = Arguments.symbol(symbol);
            AsOf asOf = date == null ? marketNow(workspace) : Arguments.asOf(date);
            Payload.Series series = workspace.loggedIn().history(asset, period, asOf);
            Report table = bars(series.rows());
            return noChart || series.rows().isEmpty() ? table : new Report.Parts(parts(table, series));
        }
    }

    private static Map<String, Report> parts(Report table, Payload.Series series) {
        Map<String, Report> parts = new LinkedHashMap<>();
        parts.put("chart", new Report.Drawing(Chart.draw(series.rows())));
        parts.put("rows", table);
        return parts;
    }

    static AsOf marketNow(Workspace workspace) {
        ServerInfo info = workspace.client().serverInfo();
        return new AsOf.At(info.market().time());
    }

    static Report bars(List<Bar> bars) {
        return new Report.Table(
                List.of(
                        Column.left("start"),
                        Column.right("open"),
                        Column.right("high"),
                        Column.right("low"),
                        Column.right("close"),
                        Column.right("volume")),
                bars.stream()
                        .map(bar -> List.of(
                                start(bar),
                                bar.open().toString(),
                                bar.high().toString(),
                                bar.low().toString(),
                                bar.close().toString(),
                                bar.volume().toString()))
                        .toList());
    }

    private static String start(Bar bar) {
        String text = bar.start().toString();
        return text.endsWith("T00:00:00Z") ? text.substring(0, 10) : text;
    }

    @Command(name = "predict", description = "The predicted value of an asset, with its interval.")
    static final class Predict extends ClientCommand {
        @Parameters(index = "0", paramLabel = "SYMBOL", description = "The asset.")
        private String symbol = "";

        @Parameters(index = "1", paramLabel = "DATE", description = "When, in market time.")
        private String date = "";

        @Override
        Report run(Workspace workspace) {
            return prediction(workspace
                    .loggedIn()
                    .predict(Arguments.symbol(symbol), Arguments.asOf(date))
                    .prediction());
        }
    }

    static Report prediction(Prediction prediction) {
        return Report.Facts.of(
                "symbol", prediction.symbol().value(),
                "target", prediction.target().toString(),
                "value", prediction.value().toString(),
                "low", prediction.low().toString(),
                "high", prediction.high().toString(),
                "confidence", prediction.confidencePercent() + " %",
                "method", prediction.method(),
                "as of", prediction.asOf().toString());
    }
}
