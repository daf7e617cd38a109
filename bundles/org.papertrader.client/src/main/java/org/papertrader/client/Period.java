package org.papertrader.client;

/** Which series of values (PRO-13). */
public enum Period {
    /** 24 hours, at the frequency of the update interval. */
    DAY,
    /** 7 days, by day. */
    WEEK,
    /** A month, by day. */
    MONTH,
    /** A year, by month. */
    YEAR,
    /** All that is stored, by month. */
    ALL_TIME
}
