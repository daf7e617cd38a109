package org.papertrader.shell.text;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one thing, by name and in order: a row of a {@link Listing}, a sheet of lines, or a JSON object, all
 * with the same names. Not thread-safe.
 */
public final class Facts {
    private final Map<String, @Nullable Object> all = new LinkedHashMap<>();
    private final Set<String> columns = new LinkedHashSet<>();

    /** Adds a fact; null where it is not known. */
    public Facts add(String name, @Nullable Object value) {
        columns.add(name);
        return more(name, value);
    }

    /** Adds a fact that has no place in a table of 80 columns. */
    public Facts more(String name, @Nullable Object value) {
        all.put(name, value);
        return this;
    }

    /** As a JSON object in a line, or as a sheet: a fact a line, of several {@link Facts} one a line. */
    public String text(boolean json) {
        return json ? Json.text(all) + "\n" : sheet();
    }

    private String sheet() {
        int width = all.keySet().stream().mapToInt(String::length).max().orElse(0) + 1;
        StringBuilder lines = new StringBuilder();
        all.forEach((name, value) -> {
            if (value instanceof Collection<?> values && values.stream().anyMatch(Facts.class::isInstance)) {
                values.forEach(one -> line(lines, name, width, one));
            } else {
                line(lines, name, width, value);
            }
        });
        return lines.toString();
    }

    private static void line(StringBuilder lines, String name, int width, @Nullable Object value) {
        lines.append(name)
                .append(" ".repeat(width - name.length()))
                .append(value instanceof Facts facts ? facts.inline() : Words.shown(value))
                .append('\n');
    }

    private String inline() {
        StringBuilder text = new StringBuilder();
        all.forEach((name, value) -> text.append(text.length() == 0 ? "" : ", ")
                .append(name)
                .append(' ')
                .append(Words.shown(value)));
        return text.toString();
    }

    Map<String, @Nullable Object> all() {
        return Collections.unmodifiableMap(all);
    }

    /** Names of what a table shows. */
    Set<String> columns() {
        return Collections.unmodifiableSet(columns);
    }

    String cell(String column) {
        return Words.shown(all.get(column));
    }
}
