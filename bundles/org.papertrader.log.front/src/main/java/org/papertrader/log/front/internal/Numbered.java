package org.papertrader.log.front.internal;

/** An entry with its place in the order of arrival. */
record Numbered(long sequence, Pending entry) {

    Numbered settled() {
        return new Numbered(sequence, entry.settled());
    }
}
