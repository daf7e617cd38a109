package org.papertrader.log.front.internal;

import java.lang.StackWalker.StackFrame;
import java.time.Clock;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;

/**
 * Makes an entry of a call: stamps it and finds the caller (MST-14, MST-15). The walk over the stack happens here, as
 * nobody else can do it; file, method and line of the frame it found are looked up later, by the writer. Thread-safe.
 */
final class Capture {

    /** Code between the caller and here; each is a logging facade, never itself the caller worth naming. */
    private static final String[] FACADES = {
        "org.slf4j.",
        "io.netty.util.internal.logging.",
        "org.apache.felix.scr.impl.logger.",
        "java.util.logging.",
        "java.lang.System$Logger"
    };

    /** Named, not loaded: the packages of the Log Service may not be there. */
    private static final Set<String> OSGI_LOGGERS =
            Set.of(Capture.class.getPackageName() + ".OsgiLogger", Capture.class.getPackageName() + ".OsgiLogService");

    private static final String TYPED = "pipe-";

    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Clock clock;

    Capture(Clock clock) {
        this.clock = clock;
    }

    /** The bundle is the caller's unless it is known to be another one. */
    Pending capture(
            Level level, @Nullable String bundle, String logger, @Nullable String message, @Nullable Throwable thrown) {
        StackFrame caller = WALKER.walk(Capture::caller);
        Supplier<Origin> origin = caller == null ? () -> Origin.UNKNOWN : () -> origin(bundle, caller);
        return entry(level, logger, origin, message, thrown);
    }

    /** An entry about an exception that nobody caught; its place is where that was thrown. */
    Pending captureUncaught(Thread thread, Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        Origin origin = trace.length == 0 ? Origin.UNKNOWN : origin("", trace[0]);
        String message = "uncaught " + thrown.getClass().getName() + ", it ended the thread " + name(thread);
        return entry(Level.ERROR, LastWords.class.getPackageName(), () -> origin, message, thrown);
    }

    private Pending entry(
            Level level, String logger, Supplier<Origin> origin, @Nullable String message, @Nullable Throwable thrown) {
        return new Pending(
                clock.instant(),
                level,
                cut(logger, CapturedEntry.NAME_CHARS_MAX),
                cut(name(Thread.currentThread()), CapturedEntry.NAME_CHARS_MAX),
                origin,
                ThreadContext.current(),
                cut(String.valueOf(message), CapturedEntry.MESSAGE_CHARS_MAX),
                () -> StackText.of(thrown));
    }

    /** Gogo names the thread of a command after all that was typed, which may have a secret: the command's name is enough. */
    private static String name(Thread thread) {
        String name = thread.getName();
        if (!name.startsWith(TYPED)) {
            return name;
        }
        int end = TYPED.length();
        while (end < name.length() && isOfCommand(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end);
    }

    private static boolean isOfCommand(char c) {
        return Character.isLetterOrDigit(c) || c == ':' || c == '-' || c == '_' || c == '.';
    }

    static String cut(String text, int charsMax) {
        if (text.length() <= charsMax) {
            return text;
        }
        String note = "… (" + text.length() + " characters)";
        return text.substring(0, charsMax - note.length()) + note;
    }

    static Origin origin(String bundle, StackTraceElement place) {
        String file = place.getFileName();
        return new Origin(
                bundle,
                file == null ? "" : file,
                withoutPackage(place.getClassName()) + "." + place.getMethodName(),
                Math.max(0, place.getLineNumber()));
    }

    private static @Nullable StackFrame caller(Stream<StackFrame> frames) {
        return frames.filter(Capture::isCaller).findFirst().orElse(null);
    }

    private static boolean isCaller(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        // The frames of every ordinary call, without a look at their names.
        if (type == Capture.class || type == Front.class || type == RingLogger.class || type == AbstractLogger.class) {
            return false;
        }
        String name = type.getName();
        if (OSGI_LOGGERS.contains(name)) {
            return false;
        }
        for (String facade : FACADES) {
            if (name.startsWith(facade)) {
                return false;
            }
        }
        return true;
    }

    private static Origin origin(@Nullable String known, StackFrame frame) {
        if (known != null) {
            return origin(known, frame.toStackTraceElement());
        }
        Bundle bundle = FrameworkUtil.getBundle(frame.getDeclaringClass());
        String symbolicName = bundle == null ? null : bundle.getSymbolicName();
        return origin(symbolicName == null ? "" : symbolicName, frame.toStackTraceElement());
    }

    private static String withoutPackage(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
