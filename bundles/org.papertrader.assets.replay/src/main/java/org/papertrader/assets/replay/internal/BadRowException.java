package org.papertrader.assets.replay.internal;

/** A row of a file is no bar; the text says why. */
final class BadRowException extends Exception {
    private static final long serialVersionUID = 1L;

    BadRowException(String text) {
        super(text);
    }
}
