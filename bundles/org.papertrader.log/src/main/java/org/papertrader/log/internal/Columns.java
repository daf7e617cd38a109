package org.papertrader.log.internal;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.papertrader.log.front.CapturedEntry;

/** Entries on a terminal: {@value #WIDTH} columns, wrapped and never cut. */
final class Columns {

    static final int WIDTH = 80;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS ").withZone(ZoneOffset.UTC);

    private Columns() {}

    /** Time in UTC, level and message, then, indented, where it comes from, its context, and the stack. */
    static String of(CapturedEntry entry) {
        // As in the file: nothing that moves the cursor.
        CapturedEntry safe = TextLine.parse(firstLine(entry));
        StringBuilder out = new StringBuilder(200);
        wrap(TIME.format(safe.time()) + String.format("%-6s", safe.level()) + safe.message(), "      ", out);
        wrap("    " + place(safe), "      ", out);
        String[] lines = TextFormat.format(entry).split("\n", -1);
        for (int i = 1; i < lines.length - 1; i++) {
            wrap(lines[i], "          ", out);
        }
        return out.toString();
    }

    private static String firstLine(CapturedEntry entry) {
        String text = TextFormat.format(entry);
        return text.substring(0, text.indexOf('\n'));
    }

    private static String place(CapturedEntry entry) {
        StringBuilder place = new StringBuilder();
        if (!entry.origin().function().isEmpty()) {
            place.append(entry.origin().function())
                    .append(':')
                    .append(entry.origin().line());
        } else {
            place.append(entry.logger());
        }
        if (!entry.origin().bundle().isEmpty()) {
            place.append(" {").append(entry.origin().bundle()).append('}');
        }
        for (Map.Entry<String, String> value : entry.context().entrySet()) {
            place.append(' ').append(value.getKey()).append('=').append(value.getValue());
        }
        return place.toString();
    }

    private static void wrap(String text, String indent, StringBuilder out) {
        String rest = text;
        while (rest.codePointCount(0, rest.length()) > WIDTH) {
            int most = rest.offsetByCodePoints(0, WIDTH);
            int space = rest.lastIndexOf(' ', most);
            int end = space > WIDTH / 2 ? space : most;
            out.append(rest, 0, end).append('\n');
            rest = indent + rest.substring(end).stripLeading();
        }
        out.append(rest).append('\n');
    }
}
