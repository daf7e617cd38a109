package org.papertrader.model;

/** The number of an order, given by the master in order of acceptance, 1 and up. */
public record OrderId(long value) implements Comparable<OrderId> {
    public OrderId {
        if (value < 1) {
            throw new IllegalArgumentException("numbers begin at 1: " + value);
        }
    }

    @Override
    public int compareTo(OrderId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
