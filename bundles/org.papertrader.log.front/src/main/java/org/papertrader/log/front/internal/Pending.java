package org.papertrader.log.front.internal;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/**
 * An entry as its caller left it. Where the call stands is looked up, and its exception rendered, by whoever reads them,
 * so that the caller pays only for the walk over the stack, and of what is dropped nobody pays. Both pin classes of the
 * caller's bundle, so where nobody drains entries wait {@link #settled}.
 */
record Pending(
        Instant time,
        Level level,
        String logger,
        String thread,
        Supplier<Origin> origin,
        Map<String, String> context,
        String message,
        Supplier<String> stackTrace) {

    static Pending of(CapturedEntry entry) {
        Origin origin = entry.origin();
        String stackTrace = entry.stackTrace();
        return new Pending(
                entry.time(),
                entry.level(),
                entry.logger(),
                entry.thread(),
                () -> origin,
                entry.context(),
                entry.message(),
                () -> stackTrace);
    }

    /** The same without its caller's class. */
    Pending settled() {
        return of(resolve());
    }

    CapturedEntry resolve() {
        return new CapturedEntry(time, level, logger, thread, origin.get(), context, message, stackTrace.get());
    }
}
