package org.papertrader.log.internal;

import java.util.Map;
import org.papertrader.log.front.CapturedEntry;

/** An entry as one JSON object on one line; names without a value are left out, {@code time} is always the first. */
final class JsonFormat {

    private JsonFormat() {}

    /** The entry as text that ends with a line feed. */
    static String format(CapturedEntry entry) {
        StringBuilder out = new StringBuilder(300 + entry.message().length());
        out.append("{\"time\":\"").append(entry.time()).append('"');
        field("level", entry.level().name(), out);
        field("logger", entry.logger(), out);
        field("thread", entry.thread(), out);
        field("bundle", entry.origin().bundle(), out);
        field("file", entry.origin().file(), out);
        field("function", entry.origin().function(), out);
        if (entry.origin().line() > 0) {
            out.append(",\"line\":").append(entry.origin().line());
        }
        String before = ",\"context\":{";
        for (Map.Entry<String, String> value : entry.context().entrySet()) {
            out.append(before);
            quoted(value.getKey(), out);
            out.append(':');
            quoted(value.getValue(), out);
            before = ",";
        }
        out.append(entry.context().isEmpty() ? "" : "}");
        out.append(",\"message\":");
        quoted(entry.message(), out);
        field("stack", entry.stackTrace(), out);
        return out.append("}\n").toString();
    }

    private static void field(String name, String value, StringBuilder out) {
        if (!value.isEmpty()) {
            out.append(",\"").append(name).append("\":");
            quoted(value, out);
        }
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Printable.isSafe(c)) {
                        out.appendCodePoint(c);
                    } else {
                        Printable.appendEscaped(c, out);
                    }
                }
            }
        });
        out.append('"');
    }
}
