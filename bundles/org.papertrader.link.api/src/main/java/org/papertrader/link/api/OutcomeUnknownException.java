package org.papertrader.link.api;

/** A request was sent to the master and its reply has not come: it may have been done or not. */
public final class OutcomeUnknownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String text) {
        super(text, null, false, false);
    }
}
