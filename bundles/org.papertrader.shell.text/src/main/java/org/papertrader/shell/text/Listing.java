package org.papertrader.shell.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list that a command prints.
 *
 * @param name what JSON calls it
 * @param rows with the same facts each; bounded by whoever makes them
 * @param cut names of the columns that may be cut to fit into 80 columns
 * @param totals what JSON says beside the rows
 * @param footer what people read below the table, each line with its end
 */
public record Listing(String name, List<Facts> rows, Set<String> cut, Facts totals, String footer) {
    public Listing {
        rows = List.copyOf(rows);
        cut = Set.copyOf(cut);
    }

    /** As one JSON object with a row a line, or as an aligned table. */
    public String text(boolean json) {
        return json ? json() : table() + footer;
    }

    private String json() {
        Map<String, @Nullable Object> head = new LinkedHashMap<>(totals.all());
        String lines = rows.stream().map(Json::text).collect(Collectors.joining(",\n "));
        String opened = Json.text(head);
        return opened.substring(0, opened.length() - 1) + (head.isEmpty() ? "" : ",") + Json.text(name) + ":[\n "
                + lines + "]}\n";
    }

    private String table() {
        if (rows.isEmpty()) {
            return "";
        }
        List<String> header = new ArrayList<>(rows.get(0).columns());
        Set<Integer> shrinking = new HashSet<>();
        cut.forEach(column -> shrinking.add(header.indexOf(column)));
        shrinking.remove(-1);
        Table table = new Table(header, shrinking);
        rows.forEach(row -> table.row(header.stream().map(row::cell).toList()));
        return table.toString();
    }
}
