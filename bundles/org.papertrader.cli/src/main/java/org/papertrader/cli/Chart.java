package org.papertrader.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.papertrader.model.Bar;

/** A small chart of closing prices in characters: one column a bar, at most 60 columns and 8 rows. */
final class Chart {
    private static final int WIDTH_MAX = 60;
    private static final int HEIGHT = 8;
    private static final int LABEL = 10;

    private Chart() {}

    static List<String> draw(List<Bar> bars) {
        if (bars.isEmpty()) {
            return List.of();
        }
        List<BigDecimal> closes = thinned(bars);
        BigDecimal low = closes.stream().reduce(BigDecimal::min).orElseThrow();
        BigDecimal high = closes.stream().reduce(BigDecimal::max).orElseThrow();
        int[] rows = closes.stream().mapToInt(close -> row(close, low, high)).toArray();
        List<String> lines = new ArrayList<>();
        for (int row = HEIGHT - 1; row >= 0; row--) {
            BigDecimal level = level(row, low, high);
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%" + LABEL + ".2f |", level));
            for (int column : rows) {
                line.append(column == row ? '*' : column > row ? ':' : ' ');
            }
            lines.add(line.toString().stripTrailing());
        }
        lines.add(" ".repeat(LABEL + 1) + "+" + "-".repeat(rows.length));
        String first = day(bars.get(0));
        String last = day(bars.get(bars.size() - 1));
        int gap = Math.max(1, rows.length - first.length() - last.length());
        lines.add(" ".repeat(LABEL + 2) + first + " ".repeat(gap) + (bars.size() > 1 ? last : ""));
        return lines.stream().map(String::stripTrailing).toList();
    }

    private static String day(Bar bar) {
        return bar.start().toString().substring(0, 10);
    }

    private static List<BigDecimal> thinned(List<Bar> bars) {
        int width = Math.min(WIDTH_MAX, bars.size());
        List<BigDecimal> closes = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            int index = (int) ((i + 1L) * bars.size() / width) - 1;
            closes.add(bars.get(index).close().toBigDecimal());
        }
        return closes;
    }

    private static int row(BigDecimal value, BigDecimal low, BigDecimal high) {
        if (high.compareTo(low) == 0) {
            return HEIGHT / 2;
        }
        return value.subtract(low)
                .multiply(BigDecimal.valueOf(HEIGHT - 1))
                .divide(high.subtract(low), 0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    private static BigDecimal level(int row, BigDecimal low, BigDecimal high) {
        if (high.compareTo(low) == 0) {
            return low;
        }
        return low.add(high.subtract(low)
                .multiply(BigDecimal.valueOf(row))
                .divide(BigDecimal.valueOf(HEIGHT - 1), 8, RoundingMode.HALF_EVEN));
    }
}
