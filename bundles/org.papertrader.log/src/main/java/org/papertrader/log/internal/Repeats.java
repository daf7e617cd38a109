package org.papertrader.log.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;
import org.papertrader.log.front.CapturedEntry.Origin;
import org.slf4j.event.Level;

/**
 * Keeps a storm of equal entries from pushing all else out of the files: of entries with the same level, logger, place,
 * message and stack the first {@value #FREE} in {@link #WINDOW} are written, the others counted, and at the end of that
 * time one entry says how many there were. Not thread-safe.
 */
final class Repeats {

    static final int FREE = 10;
    static final Duration WINDOW = Duration.ofSeconds(5);

    /** More kinds than this in one window are not looked at. */
    static final int KINDS_MAX = 1_000;

    private final Map<Kind, Count> counts = new HashMap<>();
    private final LongSupplier nanos;
    private long begun;

    /** @param nanos a clock that never goes back */
    Repeats(LongSupplier nanos) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    /** Counts the entry; whether there have been enough of its kind. */
    boolean isTooMany(CapturedEntry entry) {
        Count count = counts.get(Kind.of(entry));
        if (count == null) {
            if (counts.size() >= KINDS_MAX) {
                return false;
            }
            count = new Count();
            counts.put(Kind.of(entry), count);
        }
        count.seen++;
        if (count.seen > FREE) {
            count.last = entry;
            return true;
        }
        return false;
    }

    /** Takes back the count of an entry that could not be written and will come again. */
    void uncount(CapturedEntry entry) {
        Count count = counts.get(Kind.of(entry));
        if (count != null) {
            count.seen--;
        }
    }

    /**
     * What was left out, once the window is over; a new one begins.
     *
     * @param now whether it is over in any case
     */
    List<CapturedEntry> ended(boolean now) {
        List<CapturedEntry> reports = new ArrayList<>();
        long time = nanos.getAsLong();
        if (now || time - begun >= WINDOW.toNanos()) {
            begun = time;
            for (Count count : counts.values()) {
                CapturedEntry last = count.last;
                if (last != null && count.seen > FREE) {
                    reports.add(report(last, count.seen - FREE));
                }
            }
            counts.clear();
        }
        return reports;
    }

    private static CapturedEntry report(CapturedEntry last, long more) {
        return new CapturedEntry(
                last.time(),
                last.level(),
                last.logger(),
                last.thread(),
                last.origin(),
                Map.of(),
                "(" + more + " more like this left out, the last one now) " + last.message(),
                "");
    }

    private record Kind(Level level, String logger, Origin origin, String message, String stackTrace) {
        static Kind of(CapturedEntry entry) {
            return new Kind(entry.level(), entry.logger(), entry.origin(), entry.message(), entry.stackTrace());
        }
    }

    private static final class Count {
        long seen;

        @Nullable
        CapturedEntry last;
    }
}
