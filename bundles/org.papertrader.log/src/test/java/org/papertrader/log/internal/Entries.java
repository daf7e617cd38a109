package org.papertrader.log.internal;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/** Entries for tests. */
final class Entries {

    static final Instant TIME = Instant.parse("2026-03-04T05:06:07.000Z");

    private Entries() {}

    static CapturedEntry of(Level level, String message) {
        return of(TIME, level, message, "");
    }

    static CapturedEntry of(Instant time, Level level, String message, String stackTrace) {
        return new CapturedEntry(
                time,
                level,
                "a.Logger",
                "main",
                new Origin("a.bundle", "B.java", "B.run", 12),
                new TreeMap<>(Map.of("request", "17", "session", "1a2b")),
                message,
                stackTrace);
    }
}
