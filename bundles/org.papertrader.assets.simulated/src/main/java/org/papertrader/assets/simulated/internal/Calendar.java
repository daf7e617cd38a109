package org.papertrader.assets.simulated.internal;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The simulated exchange: weekdays from 9:30 to 16:00 in New York, no holidays. Sessions are counted from 0. */
final class Calendar {
    /** Minutes of a session. */
    static final int MINUTES = 390;

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalTime OPEN = LocalTime.of(9, 30);

    /** A Monday. */
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 3);

    /** No session begins after this; far enough, and it bounds what is computed. */
    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    private static final int WEEKDAYS = 5;

    private Calendar() {}

    /** The number of the last session that began before or at the instant; -1 before the first. */
    static int sessionAt(Instant instant) {
        if (instant.isBefore(open(0))) {
            return -1;
        }
        if (!instant.isBefore(LAST.atTime(OPEN).atZone(ZONE).toInstant())) {
            return number(LAST);
        }
        ZonedDateTime local = instant.atZone(ZONE);
        boolean begun = isWeekday(local.toLocalDate()) && !local.toLocalTime().isBefore(OPEN);
        return begun ? number(local.toLocalDate()) : number(local.toLocalDate().minusDays(1));
    }

    static Instant open(int session) {
        return date(session).atTime(OPEN).atZone(ZONE).toInstant();
    }

    static Instant close(int session) {
        return open(session).plusSeconds(60L * MINUTES);
    }

    /** Midnight UTC of the session's date, where its daily bar starts. */
    static Instant dayStart(int session) {
        return date(session).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** The number of the session of this date or, on a weekend, of the Friday before. */
    private static int number(LocalDate date) {
        long days = date.toEpochDay() - FIRST.toEpochDay();
        return (int) (days / 7 * WEEKDAYS + Math.min(days % 7, WEEKDAYS - 1));
    }

    private static LocalDate date(int session) {
        return FIRST.plusDays(session / WEEKDAYS * 7L + session % WEEKDAYS);
    }

    private static boolean isWeekday(LocalDate date) {
        return date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0;
    }
}
