package org.papertrader.assets.api;

/** A source cannot list its assets now. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SymbolResult.Fault fault;

    public SourceException(SymbolResult.Fault fault, String text, Throwable cause) {
        super(text, cause);
        this.fault = fault;
    }

    /** What went wrong. */
    public SymbolResult.Fault fault() {
        return fault;
    }
}
