package org.papertrader.shell.console;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is told of one command.
 *
 * @param name {@code scope:function}
 * @param topic what it is listed under
 * @param usages how it is typed; one line each
 * @param body what it does, the first line in short, then parameters, options and an example
 */
public record Manual(String name, String topic, List<String> usages, List<String> body) {
    /** At the end of a usage: the shell itself asks before, and the command never sees the word. */
    private static final String CAUGHT = "(--yes)";

    /** Copies the lists. */
    public Manual {
        usages = List.copyOf(usages);
        body = List.copyOf(body);
    }

    /** The name without its scope. */
    public String function() {
        return name.substring(name.indexOf(':') + 1);
    }

    /** One line about it. */
    public String summary() {
        return body.isEmpty() ? "" : body.get(0);
    }

    /** Whether it does what cannot be taken back without asking, so that the shell asks. */
    boolean isCaught() {
        return usages.stream().anyMatch(usage -> usage.contains(CAUGHT));
    }

    /** Options that it takes, such as {@code --json}. */
    Set<String> options() {
        return usages.stream()
                .flatMap(usage -> Usage.of(usage).options().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What kinds of value may stand after an option; empty when it takes none. */
    List<String> kindsAfter(String option) {
        return usages.stream()
                .flatMap(usage -> Usage.of(usage).options().getOrDefault(option, List.of()).stream())
                .distinct()
                .toList();
    }

    /** What kinds of value may stand at a place among those that are no options, from 0. */
    List<String> kindsAt(int place) {
        return usages.stream()
                .flatMap(usage -> Usage.of(usage).kindsAt(place).stream())
                .distinct()
                .toList();
    }

    /** All of it, for a terminal. */
    public String text() {
        return String.join("\n", usages) + "\n"
                + body.stream()
                        .map(line -> line.isEmpty() ? "\n" : "  " + line + "\n")
                        .collect(Collectors.joining());
    }

    /** One row of a table that is so wide; names take as much as the longest of them. */
    public String row(int nameWidth, int width) {
        String row = String.format(Locale.ROOT, "  %-" + nameWidth + "s  %s", name, summary());
        return row.length() <= width ? row : row.substring(0, width - 3) + "...";
    }
}
