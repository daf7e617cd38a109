package org.papertrader.log.internal;

import java.time.DateTimeException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;

/** Makes entries of lines, text or JSON; lines that belong to none are left out. */
final class EntryReader {

    private final Consumer<CapturedEntry> sink;
    private final StringBuilder stack = new StringBuilder();
    private @Nullable CapturedEntry open;

    /** @param sink takes each entry once its last line is known */
    EntryReader(Consumer<CapturedEntry> sink) {
        this.sink = sink;
    }

    /** The next line, without its end. */
    void line(String line) {
        if (open != null && line.startsWith(TextFormat.INDENT)) {
            if (stack.length() < CapturedEntry.STACK_CHARS_MAX) {
                stack.append(stack.length() == 0 ? "" : "\n").append(line, TextFormat.INDENT.length(), line.length());
            }
            return;
        }
        end();
        try {
            if (line.startsWith("{")) {
                sink.accept(JsonLine.parse(line));
            } else {
                open = TextLine.parse(line);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // The beginning of a file that is read from its middle, or what somebody else wrote there.
            open = null;
        }
    }

    /** There are no more lines for now: what is open is whole. */
    void end() {
        CapturedEntry whole = open;
        open = null;
        if (whole != null) {
            sink.accept(new CapturedEntry(
                    whole.time(),
                    whole.level(),
                    whole.logger(),
                    whole.thread(),
                    whole.origin(),
                    whole.context(),
                    whole.message(),
                    stack.toString()));
        }
        stack.setLength(0);
    }
}
