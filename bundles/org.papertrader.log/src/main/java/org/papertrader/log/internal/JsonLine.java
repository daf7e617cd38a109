package org.papertrader.log.internal;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/** Reads the lines that {@link JsonFormat} writes; not JSON in general. */
final class JsonLine {

    private final String text;
    private int at;

    private JsonLine(String text) {
        this.text = text;
    }

    /**
     * The entry of a line.
     *
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when its time is none
     */
    static CapturedEntry parse(String line) {
        JsonLine parser = new JsonLine(line);
        Map<String, String> fields = new LinkedHashMap<>();
        Map<String, String> context = new TreeMap<>();
        parser.object(fields, context);
        return new CapturedEntry(
                Instant.parse(fields.getOrDefault("time", "")),
                Level.valueOf(fields.getOrDefault("level", "")),
                fields.getOrDefault("logger", ""),
                fields.getOrDefault("thread", ""),
                new Origin(
                        fields.getOrDefault("bundle", ""),
                        fields.getOrDefault("file", ""),
                        fields.getOrDefault("function", ""),
                        Integer.parseInt(fields.getOrDefault("line", "0"))),
                context,
                fields.getOrDefault("message", ""),
                fields.getOrDefault("stack", ""));
    }

    private void object(Map<String, String> fields, Map<String, String> context) {
        expect('{');
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            String name = string();
            expect(':');
            switch (peek()) {
                case '"' -> fields.put(name, string());
                case '{' -> object(context, context);
                default -> fields.put(name, number());
            }
        } while (next() == ',');
        if (text.charAt(at - 1) != '}') {
            throw broken();
        }
    }

    private String number() {
        int from = at;
        while (Character.isDigit(peek())) {
            at++;
        }
        return text.substring(from, at);
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int from = at;
                at += 4;
                if (at > text.length()) {
                    throw broken();
                }
                yield (char) Integer.parseInt(text, from, at, 16);
            }
            default -> c;
        };
    }

    private void expect(char expected) {
        if (next() != expected) {
            throw broken();
        }
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private char peek() {
        if (at >= text.length()) {
            throw broken();
        }
        return text.charAt(at);
    }

    private IllegalArgumentException broken() {
        return new IllegalArgumentException("no entry, at character " + at);
    }
}
