package org.papertrader.metrics.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;
import org.papertrader.shell.text.Json;

/** Metrics as JSON, for scripts: one family a line. */
final class MetricsJson {
    private static final MathContext SHORT = new MathContext(3);

    private MetricsJson() {}

    static String of(List<MetricFamily> families) {
        return families.stream().map(MetricsJson::family).collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    /** The mean of a distribution, to three digits. */
    static String mean(Sample.Spread spread, long count) {
        return count == 0 ? "0" : TextFormat.decimal(spread.sum().divide(BigDecimal.valueOf(count), SHORT));
    }

    private static String family(MetricFamily family) {
        String samples = family.samples().stream().map(MetricsJson::sample).collect(Collectors.joining(","));
        return "{\"name\":\"" + family.name() + "\",\"type\":\""
                + family.type().name().toLowerCase(Locale.ROOT) + "\",\"help\":" + Json.text(family.help())
                + ",\"samples\":[" + samples + "]}";
    }

    private static String sample(Sample sample) {
        String labels = new TreeMap<>(sample.labels())
                .entrySet().stream()
                        .map(label -> "\"" + label.getKey() + "\":" + Json.text(label.getValue()))
                        .collect(Collectors.joining(",", "{\"labels\":{", "},"));
        if (sample instanceof Sample.Amount number) {
            return labels + "\"value\":" + TextFormat.decimal(number.value()) + "}";
        }
        Sample.Spread spread = (Sample.Spread) sample;
        String bounds = spread.bounds().stream().map(TextFormat::decimal).collect(Collectors.joining(",", "[", "]"));
        return labels + "\"bounds\":" + bounds + ",\"counts\":" + spread.counts() + ",\"sum\":"
                + TextFormat.decimal(spread.sum()) + "}";
    }
}
