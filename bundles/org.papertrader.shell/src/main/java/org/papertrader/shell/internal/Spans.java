package org.papertrader.shell.internal;

import java.time.Duration;

/** Writes times for people. */
final class Spans {
    private Spans() {}

    /** Two units at most, such as {@code 2 h 13 min}. */
    static String text(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toSeconds() + " s";
    }
}
