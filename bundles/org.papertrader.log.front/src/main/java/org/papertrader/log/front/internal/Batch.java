package org.papertrader.log.front.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.LogRing;
import org.slf4j.event.Level;

/**
 * What one drain takes out of the ring.
 *
 * @param entries oldest first
 * @param dropped how many were dropped since the last report, by level
 */
record Batch(List<Numbered> entries, Map<Level, Long> dropped) {

    /** Number of the first entry that came after these, 0 when there are none. */
    long end() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).sequence() + 1;
    }

    /** Of the entries and the report. */
    int size() {
        return entries.size() + (hasReport() ? 1 : 0);
    }

    boolean isEmpty() {
        return entries.isEmpty() && dropped.isEmpty();
    }

    boolean hasReport() {
        return !dropped.isEmpty();
    }

    /** The report of what was dropped, if anything was, and the entries. */
    List<CapturedEntry> toWrite(Clock clock) {
        List<CapturedEntry> all = new ArrayList<>(entries.size() + 1);
        if (hasReport()) {
            all.add(report(clock));
        }
        for (Numbered numbered : entries) {
            all.add(numbered.entry().resolve());
        }
        return all;
    }

    private CapturedEntry report(Clock clock) {
        return new CapturedEntry(
                clock.instant(),
                Level.WARN,
                LogRing.class.getPackageName(),
                Thread.currentThread().getName(),
                CapturedEntry.Origin.UNKNOWN,
                Map.of(),
                "log ring was full, entries dropped: " + dropped,
                "");
    }
}
