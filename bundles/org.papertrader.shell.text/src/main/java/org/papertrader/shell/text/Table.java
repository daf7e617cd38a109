package org.papertrader.shell.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Rows as an aligned table of at most 80 columns; what does not fit is cut, and ends with a tilde. */
public final class Table {
    private static final int SHORTEST_CELL = 5;

    private final List<String> header;
    private final List<Integer> cut;
    private final List<List<String>> rows = new ArrayList<>();

    /** @param cut numbers of the columns that may be cut, from 0 */
    public Table(List<String> header, Set<Integer> cut) {
        this.header = List.copyOf(header);
        this.cut = cut.stream().sorted().toList();
        rows.add(this.header);
    }

    /** Adds a row of as many cells as the header has. */
    public Table row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** All lines, each with its end. */
    @Override
    public String toString() {
        int[] widths = widths();
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(line(row, widths)));
        return lines.toString();
    }

    private int[] widths() {
        int[] widths = new int[header.size()];
        rows.forEach(
                row -> Arrays.setAll(widths, i -> Math.max(widths[i], row.get(i).length())));
        while (Arrays.stream(widths).sum() + widths.length - 1 > Words.COLUMNS) {
            int widest = -1;
            for (int column : cut) {
                widest = widest < 0 || widths[column] > widths[widest] ? column : widest;
            }
            if (widest < 0 || widths[widest] <= SHORTEST_CELL) {
                return widths;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Words.cut(row.get(i), widths[i]);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + 1));
        }
        return line.toString().stripTrailing() + "\n";
    }
}
