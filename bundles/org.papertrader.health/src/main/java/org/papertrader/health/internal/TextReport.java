package org.papertrader.health.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.Result;

/** A report for people, at most 80 columns wide. */
final class TextReport {
    static final int WIDTH = 80;

    private static final int NAME_MAX = 20;
    private static final String ROW = "%-8s %-" + NAME_MAX + "s %s%n";
    private static final int INDENT = 8 + 1 + NAME_MAX + 1;

    private static final Comparator<Answer> WORST_FIRST =
            Comparator.comparing(Answer::status).reversed().thenComparing(Answer::name);

    private TextReport() {}

    /** A line for each check, the worst first, after one that says how many are how. */
    static String of(Report report) {
        StringBuilder text = new StringBuilder(head(report));
        if (!report.answers().isEmpty()) {
            text.append(String.format(Locale.ROOT, ROW, "status", "check", "what it says"));
        }
        report.answers().stream().sorted(WORST_FIRST).forEach(answer -> row(answer, text));
        return text.toString();
    }

    /** One check, with all that is known of it. */
    static String of(Answer answer) {
        StringBuilder text = new StringBuilder();
        row(answer, text);
        return text.append(String.join(" ", answer.tags()))
                .append(", took ")
                .append(answer.millis())
                .append(" ms at ")
                .append(answer.at())
                .append('\n')
                .toString();
    }

    private static String head(Report report) {
        Map<String, Long> counts = report.answers().stream()
                .collect(Collectors.groupingBy(answer -> word(answer.status()), TreeMap::new, Collectors.counting()));
        String parts = counts.isEmpty()
                ? "nothing is checked"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
        return word(report.status()) + " (" + report.role() + "): " + parts + "\n";
    }

    private static void row(Answer answer, StringBuilder text) {
        String name = answer.name().length() <= NAME_MAX
                ? answer.name()
                : answer.name().substring(0, NAME_MAX - 1) + "~";
        List<String> lines = wrap(answer.message(), WIDTH - INDENT);
        text.append(String.format(Locale.ROOT, ROW, word(answer.status()), name, lines.get(0)));
        lines.stream()
                .skip(1)
                .forEach(line -> text.append(" ".repeat(INDENT)).append(line).append('\n'));
    }

    private static List<String> wrap(String message, int width) {
        List<String> lines = new ArrayList<>();
        String rest = message;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static String word(Result.Status status) {
        return switch (status) {
            case TEMPORARILY_UNAVAILABLE -> "AWAY";
            case HEALTH_CHECK_ERROR -> "ERROR";
            default -> status.name();
        };
    }
}
