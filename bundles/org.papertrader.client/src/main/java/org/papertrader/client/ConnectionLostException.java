package org.papertrader.client;

import org.jspecify.annotations.Nullable;

/** The connection could not be made or ended; what was under way may have been done or not. */
public final class ConnectionLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectionLostException(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
