package org.papertrader.log.internal;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;

/**
 * Text of an entry (DS-5, MST-16): one line that starts with the time in UTC, then the lines of the stack trace, each
 * indented. Nothing that a caller logs can start a line of its own or move the cursor of a terminal: control
 * characters, Unicode line separators and invisible format characters are escaped.
 */
final class LineFormat {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final String INDENT = "    ";

    private LineFormat() {}

    /** The entry as text that ends with a line feed. */
    static String format(CapturedEntry entry) {
        StringBuilder out = new StringBuilder(160 + entry.message().length());
        TIME.formatTo(entry.time(), out);
        out.append(' ').append(entry.level().name());
        out.append(entry.level().name().length() == 4 ? "  [" : " [");
        escape(entry.thread(), out);
        out.append("] ");
        appendOrigin(entry, out);
        out.append(" - ");
        escape(entry.message(), out);
        out.append('\n');
        if (!entry.stackTrace().isEmpty()) {
            entry.stackTrace().lines().forEach(line -> {
                out.append(INDENT);
                escape(line.replace("\t", INDENT), out);
                out.append('\n');
            });
        }
        return out.toString();
    }

    private static void appendOrigin(CapturedEntry entry, StringBuilder out) {
        escape(entry.logger(), out);
        Origin origin = entry.origin();
        if (!origin.bundle().isEmpty()) {
            escape(" {" + origin.bundle() + "}", out);
        }
        if (!origin.function().isEmpty()) {
            escape(" " + origin.function() + "(" + origin.file() + ":" + origin.line() + ")", out);
        }
    }

    static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isUnsafe(c)) {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }

    private static boolean isUnsafe(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
