package org.papertrader.metrics.internal;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.shell.text.Failed;
import org.papertrader.shell.text.Words;

/** Shell command {@code metrics:list}. */
@Component(
        service = MetricsCommands.class,
        property = {"osgi.command.scope=metrics", "osgi.command.function=list"})
public final class MetricsCommands {
    private static final int COLUMNS = 80;
    private static final int VALUE_COLUMNS = 16;

    private final Collector collector;

    @Activate
    public MetricsCommands(@Reference Collector collector) {
        this.collector = collector;
    }

    /** All numbers. */
    @Descriptor("shows all metrics as they are now")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json) {
        return list(json, "");
    }

    /** The numbers whose names begin so, {@code papertrader_} may be left out. */
    @Descriptor("shows metrics as they are now")
    public String list(
            @Descriptor("as JSON, for scripts")
                    @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("beginning of the names, with or without papertrader_") String prefix) {
        List<MetricFamily> families = collector.collect().stream()
                .filter(family ->
                        family.name().startsWith(prefix) || family.name().startsWith("papertrader_" + prefix))
                .toList();
        return json ? MetricsJson.of(families) : table(families, prefix);
    }

    private static String table(List<MetricFamily> families, String prefix) {
        if (families.isEmpty()) {
            throw new Failed("no metric begins with " + Words.printable(prefix) + "; metrics:list has all");
        }
        return families.stream().map(MetricsCommands::rows).collect(Collectors.joining());
    }

    private static String rows(MetricFamily family) {
        String rows = family.samples().stream()
                .map(sample -> row(labels(sample), value(sample)))
                .sorted()
                .collect(Collectors.joining());
        return family.name() + "\n" + rows;
    }

    /** What does not fit beside its value stands above it. */
    private static String row(String labels, String value) {
        int room = COLUMNS - VALUE_COLUMNS - 3;
        String number = String.format("%" + VALUE_COLUMNS + "s%n", value);
        if (labels.length() <= room) {
            return String.format("  %-" + room + "s ", labels) + number;
        }
        return "  " + labels + "\n" + " ".repeat(COLUMNS - VALUE_COLUMNS) + number;
    }

    private static String labels(Sample sample) {
        Map<String, String> sorted = new TreeMap<>(sample.labels());
        return sorted.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(" "));
    }

    private static String value(Sample sample) {
        if (sample instanceof Sample.Amount number) {
            return TextFormat.decimal(number.value());
        }
        Sample.Spread spread = (Sample.Spread) sample;
        long count = spread.counts().stream().mapToLong(Long::longValue).sum();
        return count + " x " + MetricsJson.mean(spread, count) + " s";
    }
}
