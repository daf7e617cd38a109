package org.papertrader.assets.simulated.internal;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.papertrader.assets.simulated.internal.Noise.Purpose;
import org.papertrader.model.Bar;
import org.papertrader.model.Price;
import org.papertrader.model.Volume;

/**
 * One asset: daily returns from the market's factor and one of its own; within the day a Brownian bridge to the close
 * that is livelier after the opening and before the close. A day's bar is the sum of its minutes. Thread-safe.
 */
final class SimulatedAsset {
    private static final int DAYS_A_YEAR = 252;
    private static final double DRIFT = 0.06;
    private static final double RETURN_MAX = 0.5;

    /** Part of a day's variance that happens overnight, as measured on real equities. */
    private static final double OVERNIGHT = 0.35;

    /** Relative standard deviation of each half hour, as measured. */
    private static final double[] LIVELINESS = {1.81, 1.25, 1.05, 1.06, .99, .84, .75, .84, .77, 1.0, .82, .82, 1.0};

    /** Part of the volume of each half hour, as measured. */
    private static final double[] VOLUME = {.135, .094, .078, .065, .068, .053, .045, .051, .046, .058, .049, .075, .183
    };

    private static final int HALF_HOUR = 30;
    private static final double LIVELINESS_SQUARED =
            Arrays.stream(LIVELINESS).map(x -> x * x * HALF_HOUR).sum();

    private final Noise noise;
    private final Factor market;
    private final Factor own;
    private final double dailyDeviation;
    private final double marketWeight;
    private final double dailyVolume;
    private final double firstLogPrice;
    private double[] logCloses = new double[0];

    SimulatedAsset(Noise noise, Factor market) {
        this.noise = noise;
        this.market = market;
        this.own = new Factor(noise);
        this.dailyDeviation = character(0, 0.18, 0.45) / StrictMath.sqrt(DAYS_A_YEAR);
        this.marketWeight = character(1, 0.4, 0.75);
        this.dailyVolume = StrictMath.exp(character(2, StrictMath.log(500_000), StrictMath.log(50_000_000)));
        this.firstLogPrice = character(3, StrictMath.log(20), StrictMath.log(200));
    }

    private double character(int trait, double from, double to) {
        return from + (to - from) * noise.uniform(Purpose.CHARACTER, trait, 0);
    }

    /** One minute of a session. */
    Bar minute(int session, int minute) {
        Minutes minutes = minutes(session);
        Instant start = Calendar.open(session).plusSeconds(60L * minute);
        return minutes.bar(minute, start, start.plusSeconds(60));
    }

    /** All minutes of a session, to take several from. */
    Minutes minutes(int session) {
        Minutes minutes = new Minutes();
        double before = logClose(session - 1);
        double deviation = deviation(session);
        double whole = logClose(session) - before;
        double overnight = OVERNIGHT * whole
                + StrictMath.sqrt(OVERNIGHT * (1 - OVERNIGHT))
                        * deviation
                        * noise.normal(Purpose.OVERNIGHT, session, 0);
        double[] path = bridge(session, deviation * StrictMath.sqrt(1 - OVERNIGHT), whole - overnight);
        long open = cents(StrictMath.exp(before + overnight));
        for (int i = 0; i < Calendar.MINUTES; i++) {
            double price = StrictMath.exp(before + overnight + path[i]);
            double reach = price * minuteDeviation(i, deviation) / 2;
            long close = cents(price);
            minutes.open[i] = open;
            minutes.close[i] = close;
            minutes.high[i] =
                    Math.max(Math.max(open, close), cents(price + reach * noise.uniform(Purpose.HIGH, session, i)));
            minutes.low[i] =
                    Math.min(Math.min(open, close), cents(price - reach * noise.uniform(Purpose.LOW, session, i)));
            minutes.volume[i] = volume(session, i);
            open = close;
        }
        return minutes;
    }

    /** The way from the opening to the close, minute by minute. */
    private double[] bridge(int session, double deviation, double end) {
        double[] walk = new double[Calendar.MINUTES];
        double[] share = new double[Calendar.MINUTES];
        double sum = 0;
        double variance = 0;
        for (int i = 0; i < Calendar.MINUTES; i++) {
            double liveliness = LIVELINESS[i / HALF_HOUR];
            sum += minuteDeviation(i, deviation) * noise.normal(Purpose.PATH, session, i);
            variance += liveliness * liveliness / LIVELINESS_SQUARED;
            walk[i] = sum;
            share[i] = variance;
        }
        for (int i = 0; i < Calendar.MINUTES; i++) {
            walk[i] += share[i] / variance * (end - sum);
        }
        return walk;
    }

    private static double minuteDeviation(int minute, double deviation) {
        return deviation * LIVELINESS[minute / HALF_HOUR] / StrictMath.sqrt(LIVELINESS_SQUARED);
    }

    private long volume(int session, int minute) {
        double typical = dailyVolume * VOLUME[minute / HALF_HOUR] / HALF_HOUR;
        return (long) (typical * (0.25 + 1.5 * noise.uniform(Purpose.VOLUME, session, minute)));
    }

    /** Standard deviation of the session's return. */
    private double deviation(int session) {
        double common = marketWeight * market.deviation(session);
        double rest = StrictMath.sqrt(1 - marketWeight * marketWeight) * own.deviation(session);
        return dailyDeviation * StrictMath.sqrt(common * common + rest * rest);
    }

    private synchronized double logClose(int session) {
        if (session < 0) {
            return firstLogPrice;
        }
        if (session >= logCloses.length) {
            int known = logCloses.length;
            double[] grown = Arrays.copyOf(logCloses, Math.max(session + 1, known + known / 2));
            double before = known == 0 ? firstLogPrice : logCloses[known - 1];
            for (int i = known; i < grown.length; i++) {
                before += dailyReturn(i);
                grown[i] = before;
            }
            logCloses = grown;
        }
        return logCloses[session];
    }

    private double dailyReturn(int session) {
        double shock = marketWeight * market.shock(session)
                + StrictMath.sqrt(1 - marketWeight * marketWeight) * own.shock(session);
        double move = DRIFT / DAYS_A_YEAR - dailyDeviation * dailyDeviation / 2 + dailyDeviation * shock;
        return Math.max(-RETURN_MAX, Math.min(RETURN_MAX, move));
    }

    private static long cents(double price) {
        return Math.max(1, Math.round(price * 100));
    }

    /** The minutes of one session, in cents and units. */
    static final class Minutes {
        private final long[] open = new long[Calendar.MINUTES];
        private final long[] high = new long[Calendar.MINUTES];
        private final long[] low = new long[Calendar.MINUTES];
        private final long[] close = new long[Calendar.MINUTES];
        private final long[] volume = new long[Calendar.MINUTES];

        Bar bar(int minute, Instant start, Instant end) {
            return bar(start, end, new long[] {open[minute], high[minute], low[minute], close[minute]}, volume[minute]);
        }

        /** All of them as one bar. */
        Bar day(int session) {
            long highest = Arrays.stream(high).max().orElse(0);
            long lowest = Arrays.stream(low).min().orElse(0);
            long[] prices = {open[0], highest, lowest, close[Calendar.MINUTES - 1]};
            return bar(
                    Calendar.dayStart(session),
                    Calendar.close(session),
                    prices,
                    Arrays.stream(volume).sum());
        }

        private static Bar bar(Instant start, Instant end, long[] cents, long volume) {
            return new Bar(
                    start,
                    end,
                    price(cents[0]),
                    price(cents[1]),
                    price(cents[2]),
                    price(cents[3]),
                    new Volume(volume, 0));
        }

        private static Price price(long cents) {
            return Price.of(BigDecimal.valueOf(cents, 2));
        }
    }
}
