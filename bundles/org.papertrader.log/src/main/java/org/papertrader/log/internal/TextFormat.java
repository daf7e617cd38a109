package org.papertrader.log.internal;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;

/**
 * Text of an entry (DS-5, MST-16): one line that starts with the time in UTC, then the lines of the stack trace, each
 * indented. Nothing that a caller logs can start a line of its own or move the cursor of a terminal, and nothing before
 * the message can pass for the message.
 */
final class TextFormat {

    static final String INDENT = "    ";

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private TextFormat() {}

    /** The entry as text that ends with a line feed. */
    static String format(CapturedEntry entry) {
        StringBuilder out = new StringBuilder(200 + entry.message().length());
        TIME.formatTo(entry.time(), out);
        out.append(' ').append(entry.level().name());
        out.append(entry.level().name().length() == 4 ? "  [" : " [");
        escape(entry.thread(), "]", out);
        out.append("] ");
        escape(entry.logger(), " ", out);
        appendOrigin(entry.origin(), out);
        appendContext(entry.context(), out);
        out.append(" - ");
        escape(entry.message(), "", out);
        out.append('\n');
        entry.stackTrace().lines().forEach(line -> {
            out.append(INDENT);
            escape(line.replace("\t", INDENT), "", out);
            out.append('\n');
        });
        return out.toString();
    }

    private static void appendOrigin(Origin origin, StringBuilder out) {
        if (!origin.bundle().isEmpty()) {
            out.append(" {");
            escape(origin.bundle(), " }", out);
            out.append('}');
        }
        if (!origin.function().isEmpty()) {
            out.append(' ');
            escape(origin.function(), " (", out);
            out.append('(');
            escape(origin.file(), " :)", out);
            out.append(':').append(origin.line()).append(')');
        }
    }

    private static void appendContext(Map<String, String> context, StringBuilder out) {
        String before = " <";
        for (Map.Entry<String, String> value : context.entrySet()) {
            out.append(before);
            escape(value.getKey(), " =>", out);
            out.append('=');
            escape(value.getValue(), " >", out);
            before = " ";
        }
        out.append(context.isEmpty() ? "" : ">");
    }

    private static void escape(String text, String reserved, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Printable.isSafe(c) && reserved.indexOf(c) < 0) {
                        out.appendCodePoint(c);
                    } else {
                        Printable.appendEscaped(c, out);
                    }
                }
            }
        });
    }
}
