package org.papertrader.log.front.internal;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/** Makes an entry of a call: stamps it and finds the caller (MST-14, MST-15). Thread-safe. */
final class Capture {

    /** Code between the caller and here; each is a logging facade, never itself the caller worth naming. */
    private static final List<String> FACADES =
            List.of("org.slf4j.", "io.netty.util.internal.logging.", "java.util.logging.", "java.lang.System$Logger");

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Clock clock;

    Capture(Clock clock) {
        this.clock = clock;
    }

    CapturedEntry capture(Level level, String logger, @Nullable String message, @Nullable Throwable thrown) {
        Origin origin = WALKER.walk(frames -> frames.filter(frame -> !isFacade(frame.getClassName()))
                .findFirst()
                .map(Capture::origin)
                .orElse(Origin.UNKNOWN));
        return new CapturedEntry(
                clock.instant(),
                level,
                cut(logger, CapturedEntry.NAME_CHARS_MAX),
                cut(Thread.currentThread().getName(), CapturedEntry.NAME_CHARS_MAX),
                origin,
                cut(String.valueOf(message), CapturedEntry.MESSAGE_CHARS_MAX),
                stackTrace(thrown));
    }

    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        String note = "… (" + text.length() + " characters)";
        return text.substring(0, charsMax - note.length()) + note;
    }

    /** Renders an exception, cut at {@link CapturedEntry#STACK_CHARS_MAX}; empty for none. */
    static String stackTrace(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        BoundedText text = new BoundedText();
        try (PrintWriter writer = new PrintWriter(text)) {
            thrown.printStackTrace(writer);
        } catch (RuntimeException e) {
            // An exception whose own methods throw must not take its logger down with it.
            text.write("(" + thrown.getClass().getName() + " could not be rendered: " + e.getClass() + ")");
        }
        return text.toString().strip();
    }

    private static boolean isFacade(String className) {
        if (className.equals(RingLogger.class.getName()) || className.equals(Capture.class.getName())) {
            return true;
        }
        for (String facade : FACADES) {
            if (className.startsWith(facade)) {
                return true;
            }
        }
        return false;
    }

    private static Origin origin(StackWalker.StackFrame frame) {
        Class<?> caller = frame.getDeclaringClass();
        Bundle bundle = FrameworkUtil.getBundle(caller);
        String symbolicName = bundle == null ? null : bundle.getSymbolicName();
        String file = frame.getFileName();
        return new Origin(
                symbolicName == null ? "" : symbolicName,
                file == null ? "" : file,
                withoutPackage(caller.getName()) + "." + frame.getMethodName(),
                Math.max(0, frame.getLineNumber()));
    }

    static String withoutPackage(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Keeps the first characters and forgets the rest, so that no exception can grow without bound. */
    private static final class BoundedText extends Writer {

        private static final String NOTE = "\n… cut";

        private final StringBuilder text = new StringBuilder();
        private boolean isCut;

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
}
