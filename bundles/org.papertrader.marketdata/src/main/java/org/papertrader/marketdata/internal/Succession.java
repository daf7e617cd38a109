package org.papertrader.marketdata.internal;

/**
 * Settles which of two versions of market data runs the intervals while one replaces the other: the newer, as soon as it
 * can. Used by the interval thread.
 */
interface Succession {
    /** This engine runs intervals from now on; older ones stand back. */
    void begin();

    /** A newer engine runs the intervals. */
    boolean isSuperseded();
}
