package org.papertrader.model;

/** The number of an account, given by the master, 1 and up. */
public record AccountId(long value) implements Comparable<AccountId> {
    public AccountId {
        if (value < 1) {
            throw new IllegalArgumentException("numbers begin at 1: " + value);
        }
    }

    @Override
    public int compareTo(AccountId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
