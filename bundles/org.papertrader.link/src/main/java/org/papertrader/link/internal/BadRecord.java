package org.papertrader.link.internal;

/** Bytes that are no record; the link ends. Thrown and caught inside this package. */
final class BadRecord extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRecord(String text) {
        super(text, null, false, false);
    }
}
