package org.papertrader.features.internal;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text of an operator's file in the format of {@link Properties}; edits keep every other line as it was. */
record OperatorFile(String text) {

    /** The values, sorted by key. */
    Map<String, String> values() throws FeatureException {
        Map<String, String> values = new TreeMap<>();
        Properties properties = load(text);
        for (String key : properties.stringPropertyNames()) {
            values.put(key, properties.getProperty(key, "").trim());
        }
        return values;
    }

    /** This file with the key set to the value, in its old place if it has one. */
    OperatorFile with(String key, String value) throws FeatureException {
        return replace(key, escape(key, true) + " = " + escape(value, false));
    }

    /** This file without the key. */
    OperatorFile without(String key) throws FeatureException {
        return replace(key, null);
    }

    private OperatorFile replace(String key, @Nullable String replacement) throws FeatureException {
        List<String> lines = new ArrayList<>();
        boolean open = replacement != null;
        for (String line : logicalLines()) {
            if (!load(line).containsKey(key)) {
                lines.add(line);
            } else if (open) {
                lines.add(String.valueOf(replacement));
                open = false;
            }
        }
        if (open) {
            lines.add(String.valueOf(replacement));
        }
        return new OperatorFile(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /** Lines with those that they continue on, as one piece each. */
    private List<String> logicalLines() {
        List<String> logical = new ArrayList<>();
        String begun = "";
        for (String line : text.lines().toList()) {
            String whole = begun.isEmpty() ? line : begun + "\n" + line;
            boolean comment = begun.isEmpty() && line.stripLeading().matches("[#!].*");
            if (!comment && continues(line)) {
                begun = whole;
            } else {
                logical.add(whole);
                begun = "";
            }
        }
        if (!begun.isEmpty()) {
            logical.add(begun);
        }
        return logical;
    }

    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static Properties load(String text) throws FeatureException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            throw new FeatureException("not readable: " + e.getMessage(), e);
        }
        return properties;
    }

    private static String escape(String text, boolean key) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case ' ', ':', '=', '#', '!' ->
                    escaped.append(key || i == 0 ? "\\" : "").append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
