package org.papertrader.assets.replay.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When a day's bar is final.
 *
 * @param zone the exchange's time zone
 * @param close local time of the session's close; null for assets that trade around the clock, whose day ends at the
 *     next midnight UTC
 */
record SessionTimes(ZoneId zone, @Nullable LocalTime close) {
    private static final String AROUND_THE_CLOCK = "24:00";

    /** Reads configured text; throws {@link java.time.DateTimeException} for what is no zone or no time. */
    static SessionTimes parse(String zone, String close) {
        return new SessionTimes(ZoneId.of(zone), close.equals(AROUND_THE_CLOCK) ? null : LocalTime.parse(close));
    }

    Instant dayStart(LocalDate date) {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    Instant dayEnd(LocalDate date) {
        if (close == null) {
            return dayStart(date.plusDays(1));
        }
        Instant end = date.atTime(close).atZone(zone).toInstant();
        // East of Greenwich a session may close before its date begins in UTC.
        return end.isBefore(dayStart(date)) ? dayStart(date) : end;
    }

    Instant at(LocalDateTime local) {
        return local.atZone(zone).toInstant();
    }

    LocalDate dateOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
