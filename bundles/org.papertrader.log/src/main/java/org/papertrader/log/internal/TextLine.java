package org.papertrader.log.internal;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/** Reads the first lines that {@link TextFormat} writes. What was escaped stays so: it is how people saw it. */
final class TextLine {

    private static final Pattern LINE = Pattern.compile("(?<time>[0-9T:.+-]{10,40}Z) (?<level>[A-Z]{4,5})  ?"
            + "\\[(?<thread>[^]]*)] (?<logger>[^ ]*)"
            + "(?: \\{(?<bundle>[^ }]*)})?"
            + "(?: (?<function>[^ (<]+(?:<\\w+>)?[^ (]*)\\((?<file>[^ :)]*):(?<line>[0-9]{1,9})\\))?"
            + "(?: <(?<context>[^>]*)>)?"
            + " - (?<message>.*)");

    private TextLine() {}

    /**
     * The entry of a line, without its stack trace.
     *
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when its time is none
     */
    static CapturedEntry parse(String line) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("no entry");
        }
        return new CapturedEntry(
                Instant.parse(match.group("time")),
                Level.valueOf(match.group("level")),
                match.group("logger"),
                match.group("thread"),
                new Origin(
                        text(match.group("bundle")),
                        text(match.group("file")),
                        text(match.group("function")),
                        match.group("line") == null ? 0 : Integer.parseInt(match.group("line"))),
                context(text(match.group("context"))),
                match.group("message"),
                "");
    }

    private static Map<String, String> context(String text) {
        Map<String, String> context = new TreeMap<>();
        for (String pair : text.split(" ", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                context.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return context;
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }
}
