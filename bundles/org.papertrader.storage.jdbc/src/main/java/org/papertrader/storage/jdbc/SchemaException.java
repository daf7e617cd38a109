package org.papertrader.storage.jdbc;

/** The database's schema cannot be used by this code; the text is one line for the operator. */
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String text) {
        super(text);
    }
}
