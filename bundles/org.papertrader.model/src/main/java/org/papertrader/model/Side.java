package org.papertrader.model;

/** Which way an order goes (DS-4). */
public enum Side {
    /** Cash becomes a position. */
    BUY,
    /** A position becomes cash. */
    SELL
}
