package org.papertrader.link.api;

/** There is no link to the master; nothing was sent. */
public final class LinkDownException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LinkDownException() {
        super("no link to the master", null, false, false);
    }
}
