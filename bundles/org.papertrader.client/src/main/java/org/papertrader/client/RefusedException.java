package org.papertrader.client;

import org.papertrader.model.Refusal;

/** The server said no; {@link #refusal} says why. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.code().code() + ": " + refusal.text());
        this.refusal = refusal;
    }

    /** The reason's code and text. */
    public Refusal refusal() {
        return refusal;
    }
}
