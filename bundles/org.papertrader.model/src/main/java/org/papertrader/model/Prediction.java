package org.papertrader.model;

import java.time.Instant;

/**
 * A predicted future value with its interval.
 *
 * @param symbol the asset
 * @param value the expected price at {@code target}
 * @param low lower end of the interval
 * @param high upper end of the interval
 * @param confidencePercent how often the truth should lie inside, 1 to 99
 * @param target the market time that is predicted
 * @param asOf source time of the last price that went in
 * @param method how it was made, for example {@code drift}
 */
public record Prediction(
        Symbol symbol,
        Price value,
        Price low,
        Price high,
        int confidencePercent,
        Instant target,
        Instant asOf,
        String method) {}
