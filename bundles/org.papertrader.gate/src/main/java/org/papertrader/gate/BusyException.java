package org.papertrader.gate;

/** A named bound is reached; nothing was done, so the call may be tried again later. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BusyException(String what) {
        super(what + " is busy");
    }

    /** Thrown often under load: no stack trace. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
        return this;
    }
}
