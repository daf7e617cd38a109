package org.papertrader.metrics.internal;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.metrics.api.MetricFamily;
import org.papertrader.metrics.api.Sample;

/** The text format 0.0.4 that Prometheus scrapes. */
final class TextFormat {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String BUCKET = "le";

    private final StringBuilder out = new StringBuilder(1 << 16);

    private TextFormat() {}

    /** The text of all families. */
    static String of(List<MetricFamily> families) {
        TextFormat text = new TextFormat();
        families.forEach(text::family);
        return text.out.toString();
    }

    private void family(MetricFamily family) {
        out.append("# HELP ").append(family.name()).append(' ');
        escape(family.help(), false);
        out.append("\n# TYPE ").append(family.name()).append(' ');
        out.append(family.type().name().toLowerCase(Locale.ROOT)).append('\n');
        for (Sample sample : family.samples()) {
            if (sample instanceof Sample.Amount number) {
                line(family.name(), number.labels(), number.value());
            } else if (sample instanceof Sample.Spread spread) {
                spread(family.name(), spread);
            }
        }
    }

    /** Buckets are written as Prometheus wants them: each with all that is below it. */
    private void spread(String name, Sample.Spread spread) {
        Map<String, String> labels = new TreeMap<>(spread.labels());
        long below = 0;
        for (int i = 0; i < spread.counts().size(); i++) {
            below += spread.counts().get(i);
            boolean last = i == spread.bounds().size();
            labels.put(BUCKET, last ? "+Inf" : decimal(spread.bounds().get(i)));
            line(name + "_bucket", labels, BigDecimal.valueOf(below));
        }
        line(name + "_sum", spread.labels(), spread.sum());
        line(name + "_count", spread.labels(), BigDecimal.valueOf(below));
    }

    private void line(String name, Map<String, String> labels, BigDecimal value) {
        out.append(name);
        if (!labels.isEmpty()) {
            char before = '{';
            for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
                out.append(before).append(label.getKey()).append("=\"");
                escape(label.getValue(), true);
                out.append('"');
                before = ',';
            }
            out.append('}');
        }
        out.append(' ').append(decimal(value)).append('\n');
    }

    private void escape(String text, boolean quoted) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '"' -> out.append(quoted ? "\\\"" : "\"");
                default -> out.append(c);
            }
        }
    }

    /** Without zeros at its end, and never with an exponent. */
    static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
