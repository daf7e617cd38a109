package org.papertrader.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a command has to show, before it is known whether a person or a program reads it. */
sealed interface Report {
    /**
     * A table.
     *
     * @param columns headings; in JSON the keys, in lower case with underscores
     * @param rows cells as text; numbers stay exact, as text
     */
    record Table(List<Column> columns, List<List<String>> rows) implements Report {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /**
     * A column.
     *
     * @param right whether it is aligned to the right
     * @param shown how many characters of a cell people are shown; JSON has all
     */
    record Column(String name, boolean right, int shown) {
        static Column left(String name) {
            return new Column(name, false, Integer.MAX_VALUE);
        }

        static Column right(String name) {
            return new Column(name, true, Integer.MAX_VALUE);
        }

        /** What is cut for people ends with a tilde. */
        static Column brief(String name, int shown) {
            return new Column(name, false, shown);
        }

        String cell(String text) {
            return text.length() <= shown ? text : text.substring(0, shown - 1) + "~";
        }
    }

    /** Named values. */
    record Facts(Map<String, String> values) implements Report {
        public Facts {
            values = new LinkedHashMap<>(values);
        }

        static Facts of(String... namesAndValues) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return new Facts(values);
        }
    }

    /** One after the other; in JSON an object with the names as keys. */
    record Parts(Map<String, Report> parts) implements Report {
        public Parts {
            parts = new LinkedHashMap<>(parts);
        }
    }

    /** Lines for people only, such as a chart; left out of JSON. */
    record Drawing(List<String> lines) implements Report {
        public Drawing {
            lines = List.copyOf(lines);
        }
    }
}
