package org.papertrader.log.front;

import java.time.Instant;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * One log entry as it was captured at the call (DS-5, MST-14, MST-15, MST-16): plain values only, so that keeping it
 * pins no class of the caller's bundle. Text is raw; whoever writes it escapes it.
 *
 * @param time the instant of the call
 * @param level severity
 * @param logger name of the logger
 * @param thread name of the calling thread
 * @param origin where the call stands in the code
 * @param context what the thread was at, such as {@code worker}, {@code session} and {@code request}, from the MDC; at
 *     most {@link #CONTEXT_MAX} names
 * @param message the formatted message, at most {@link #MESSAGE_CHARS_MAX} characters
 * @param stackTrace the rendered exception with lines separated by {@code \n}, at most {@link #STACK_CHARS_MAX}
 *     characters; empty when there was none
 */
public record CapturedEntry(
        Instant time,
        Level level,
        String logger,
        String thread,
        Origin origin,
        Map<String, String> context,
        String message,
        String stackTrace) {

    /** Longer names of loggers and threads, and values of the context, are cut here, and say so. */
    public static final int NAME_CHARS_MAX = 256;

    /** More names of the context are left out. */
    public static final int CONTEXT_MAX = 16;

    /** Longer messages are cut here, and say so. */
    public static final int MESSAGE_CHARS_MAX = 8_192;

    /** Longer stack traces are cut here, and say so. */
    public static final int STACK_CHARS_MAX = 16_384;

    /**
     * The caller (MST-15).
     *
     * @param bundle symbolic name of the caller's bundle, empty outside the framework
     * @param file source file, empty when unknown
     * @param function class and method
     * @param line line number, 0 when unknown
     */
    public record Origin(String bundle, String file, String function, int line) {

        /** No caller could be found. */
        public static final Origin UNKNOWN = new Origin("", "", "", 0);
    }
}
