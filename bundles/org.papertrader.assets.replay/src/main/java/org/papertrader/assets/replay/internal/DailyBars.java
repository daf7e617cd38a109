package org.papertrader.assets.replay.internal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.papertrader.model.Bar;

/** Makes daily bars of minutes, for data sets that have only these. */
final class DailyBars {
    private final SessionTimes times;

    DailyBars(SessionTimes times) {
        this.times = times;
    }

    /** Adds a daily bar for each date of the exchange that has minutes and no daily bar yet. */
    void addMissing(BarColumns minutes, BarColumns days) {
        Set<Instant> present = new HashSet<>();
        for (int i = 0; i < days.size(); i++) {
            present.add(days.get(i).start());
        }
        LocalDate date = null;
        Bar day = null;
        for (int i = 0; i < minutes.size(); i++) {
            Bar minute = minutes.get(i);
            LocalDate minuteDate = times.dateOf(minute.start());
            if (day == null || !minuteDate.equals(date)) {
                addIfAbsent(day, present, days);
                date = minuteDate;
                day = opened(minute, minuteDate);
            } else {
                day = extended(day, minute);
            }
        }
        addIfAbsent(day, present, days);
    }

    private static void addIfAbsent(@Nullable Bar day, Set<Instant> present, BarColumns days) {
        if (day != null && present.add(day.start())) {
            days.add(day);
        }
    }

    private Bar opened(Bar minute, LocalDate date) {
        Instant end = later(times.dayEnd(date), minute.end());
        return new Bar(
                times.dayStart(date), end, minute.open(), minute.high(), minute.low(), minute.close(), minute.volume());
    }

    private static Bar extended(Bar day, Bar minute) {
        return new Bar(
                day.start(),
                later(day.end(), minute.end()),
                day.open(),
                day.high().compareTo(minute.high()) >= 0 ? day.high() : minute.high(),
                day.low().compareTo(minute.low()) <= 0 ? day.low() : minute.low(),
                minute.close(),
                day.volume().plus(minute.volume()));
    }

    private static Instant later(Instant left, Instant right) {
        return left.isAfter(right) ? left : right;
    }
}
