package org.papertrader.storage.h2.internal;

/** It is not clear which database to use; the text is the line for the operator. */
final class PlaceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlaceFailure(String line) {
        super(line);
    }

    PlaceFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
