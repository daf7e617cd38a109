package org.papertrader.marketdata.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is stored of the market clock.
 *
 * @param replay false for a market of the present
 * @param market market time when it was stored
 * @param wall wall time when it was stored
 * @param acceleration market seconds per wall second
 * @param limit the end of the replayed data
 * @param slack how long the clock may have run on after this was stored; zero when it was stopped in order
 */
record ClockState(boolean replay, Instant market, Instant wall, int acceleration, Instant limit, Duration slack) {
    private static final String VERSION = "1";
    private static final int FIELDS = 7;

    String toText() {
        return String.join(
                " ",
                VERSION,
                replay ? "replay" : "present",
                market.toString(),
                wall.toString(),
                Integer.toString(acceleration),
                limit.toString(),
                Long.toString(slack.toMillis()));
    }

    /** Reads stored text; empty when it is none of this version. */
    static Optional<ClockState> parse(String text) {
        String[] fields = text.split(" ", -1);
        if (fields.length != FIELDS || !fields[0].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClockState(
                    fields[1].equals("replay"),
                    Instant.parse(fields[2]),
                    Instant.parse(fields[3]),
                    Integer.parseInt(fields[4]),
                    Instant.parse(fields[5]),
                    Duration.ofMillis(Long.parseLong(fields[6]))));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
