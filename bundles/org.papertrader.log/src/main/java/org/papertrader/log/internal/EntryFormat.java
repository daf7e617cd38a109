package org.papertrader.log.internal;

import java.util.Locale;
import java.util.Optional;
import org.papertrader.log.front.CapturedEntry;

/** How entries stand in a file: for people or for machines. Neither way can an entry pass for two. */
enum EntryFormat {
    /** One line, then the lines of the stack trace, each indented. */
    TEXT {
        @Override
        String format(CapturedEntry entry) {
            return TextFormat.format(entry);
        }
    },
    /** One JSON object a line. */
    JSON {
        @Override
        String format(CapturedEntry entry) {
            return JsonFormat.format(entry);
        }
    };

    /** The entry as lines that end with a line feed. */
    abstract String format(CapturedEntry entry);

    /** Of which of these a file is, by its first character. */
    static EntryFormat of(char first) {
        return first == '{' ? JSON : TEXT;
    }

    static Optional<EntryFormat> named(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "text" -> Optional.of(TEXT);
            case "json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }
}
