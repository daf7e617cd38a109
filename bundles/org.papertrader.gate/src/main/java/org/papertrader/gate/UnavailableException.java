package org.papertrader.gate;

/** No provider of a service is there for the moment; nothing was done, so the call may be tried again. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnavailableException(String gate) {
        super(gate + " is unavailable for the moment");
    }

    /** Thrown often and caught at once while a provider is swapped: no stack trace. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
