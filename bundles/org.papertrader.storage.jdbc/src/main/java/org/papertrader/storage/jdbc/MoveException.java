package org.papertrader.storage.jdbc;

/** A move or a backup was not done, and all goes on as before; the text is one line for the operator. */
public final class MoveException extends Exception {
    private static final long serialVersionUID = 1L;

    MoveException(String text) {
        super(text);
    }

    MoveException(String text, Throwable cause) {
        super(text + ": " + cause.getMessage(), cause);
    }
}
