package org.papertrader.storage.api;

/** The storage failed; what the text says is for the log. The outcome of a write is unknown: look it up by its key. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String text, Throwable cause) {
        super(text, cause);
    }
}
