package org.papertrader.model;

/** Where an order is in its life. It goes from OPEN to exactly one of the others, once. */
public enum OrderStatus {
    /** Accepted, reserved and stored; waits for an interval or, in the book, for a price. */
    OPEN,
    /** Went through. */
    FILLED,
    /** Could not go through when its time came. */
    REJECTED,
    /** Its owner took it back before it went through. */
    CANCELLED
}
