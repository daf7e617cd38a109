package org.papertrader.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.papertrader.cli.Report.Column;

/** Shows reports as aligned text or as JSON. */
final class Output {
    private final PrintWriter out;
    private final boolean json;

    Output(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    void show(Report report) {
        if (json) {
            out.println(json(report));
        } else {
            text(report, "");
        }
        out.flush();
    }

    private void text(Report report, String indent) {
        if (report instanceof Report.Table table) {
            lines(table).forEach(line -> out.println(indent + line));
        } else if (report instanceof Report.Facts facts) {
            int width = facts.values().keySet().stream()
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            facts.values()
                    .forEach((name, value) -> out.println(
                            (indent + ("%-" + (width + 2) + "s%s").formatted(name, value)).stripTrailing()));
        } else if (report instanceof Report.Drawing drawing) {
            drawing.lines().forEach(line -> out.println(indent + line));
        } else if (report instanceof Report.Parts parts) {
            boolean first = true;
            for (Report part : parts.parts().values()) {
                if (!first) {
                    out.println();
                }
                first = false;
                text(part, indent);
            }
        }
    }

    static List<String> lines(Report.Table table) {
        if (table.rows().isEmpty()) {
            return List.of("(none)");
        }
        int[] widths = new int[table.columns().size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    table.columns().get(i).name().length(),
                    table.rows().stream()
                            .mapToInt(row -> table.columns()
                                    .get(column)
                                    .cell(row.get(column))
                                    .length())
                            .max()
                            .orElse(0));
        }
        List<String> headings = table.columns().stream()
                .map(column -> column.name().toUpperCase(Locale.ROOT))
                .toList();
        return Stream.concat(Stream.of(headings), table.rows().stream())
                .map(row -> line(table.columns(), widths, row))
                .toList();
    }

    private static String line(List<Column> columns, int[] widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String flag = columns.get(i).right() ? "" : "-";
            line.append(i == 0 ? "" : "  ")
                    .append(("%" + flag + widths[i] + "s")
                            .formatted(columns.get(i).cell(cells.get(i))));
        }
        return line.toString().stripTrailing();
    }

    static String json(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(text)) {
            generator.setPrettyPrinter(new DefaultPrettyPrinter());
            write(generator, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Report report) throws IOException {
        if (report instanceof Report.Table table) {
            json.writeStartArray();
            for (List<String> row : table.rows()) {
                json.writeStartObject();
                for (int i = 0; i < row.size(); i++) {
                    json.writeStringField(key(table.columns().get(i).name()), row.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } else if (report instanceof Report.Facts facts) {
            json.writeStartObject();
            for (Map.Entry<String, String> fact : facts.values().entrySet()) {
                json.writeStringField(key(fact.getKey()), fact.getValue());
            }
            json.writeEndObject();
        } else if (report instanceof Report.Parts parts) {
            json.writeStartObject();
            for (Map.Entry<String, Report> part : parts.parts().entrySet()) {
                if (!(part.getValue() instanceof Report.Drawing)) {
                    json.writeFieldName(key(part.getKey()));
                    write(json, part.getValue());
                }
            }
            json.writeEndObject();
        } else {
            json.writeNull();
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '_').replace("%", "percent");
    }
}
