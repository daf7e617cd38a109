package org.papertrader.shell.internal;

/** A number of bytes: a number in JSON, in the unit that fits for people. */
record Size(long bytes) {
    @Override
    public String toString() {
        return Amounts.bytes(bytes);
    }
}
