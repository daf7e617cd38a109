package org.papertrader.protocol.internal;

import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;

/** Ends the decoding of one message; never leaves the codec. Without a stack trace, since hostile bytes make many. */
final class BadMessage extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    BadMessage(ReasonCode code, String text) {
        super(text);
        this.refusal = Refusal.of(code, text);
    }

    BadMessage(ReasonCode code) {
        this(code, code.meaning());
    }

    Refusal refusal() {
        return refusal;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
