package org.papertrader.model;

import java.time.Instant;

/**
 * Open, high, low, close and volume of a period.
 *
 * @param start first instant of the period; a daily bar starts at midnight UTC of its exchange date
 * @param end the market time from which on these values were final; never before {@code start}. A bar may be shown,
 *     and may fill orders, only from then on
 * @param high not below open, low and close
 * @param low positive, not above open, high and close
 */
public record Bar(Instant start, Instant end, Price open, Price high, Price low, Price close, Volume volume) {
    public Bar {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("bar ends before it starts: " + start + " " + end);
        }
        if (!low.isPositive()
                || high.compareTo(low) < 0
                || open.compareTo(low) < 0
                || open.compareTo(high) > 0
                || close.compareTo(low) < 0
                || close.compareTo(high) > 0) {
            throw new IllegalArgumentException(
                    "open, high, low, close do not fit together: " + open + " " + high + " " + low + " " + close);
        }
    }
}
