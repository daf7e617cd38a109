package org.papertrader.log.front.internal;

import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;

/** Text of an exception: the first characters, and the rest forgotten, so that none can grow without bound. */
final class StackText extends Writer {

    private static final String NOTE = "\n… cut";

    private final StringBuilder text = new StringBuilder();
    private boolean isCut;

    private StackText() {}

    /** Renders an exception, cut at {@link CapturedEntry#STACK_CHARS_MAX}; empty for none. */
    static String of(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StackText text = new StackText();
        try (PrintWriter writer = new PrintWriter(text)) {
            thrown.printStackTrace(writer);
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            // An exception whose own methods throw, whose classes are gone, or that has thousands of causes must not
            // take the writer of the log down with it.
            text.write("(" + thrown.getClass().getName() + " could not be rendered: " + e.getClass() + ")");
        }
        return text.toString().strip();
    }

    @Override
    public void write(char[] chars, int offset, int length) {
        int room = CapturedEntry.STACK_CHARS_MAX - NOTE.length() - text.length();
        text.append(chars, offset, Math.max(0, Math.min(room, length)));
        isCut |= length > room;
    }

    @Override
    public void write(String chars) {
        write(chars.toCharArray(), 0, chars.length());
    }

    @Override
    public void flush() {
        // In memory: nothing to flush.
    }

    @Override
    public void close() {
        // In memory: nothing to close.
    }

    @Override
    public String toString() {
        return isCut ? text + NOTE : text.toString();
    }
}
