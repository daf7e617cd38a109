package org.papertrader.transport.internal;

import org.jspecify.annotations.Nullable;

/** A certificate cannot be used; the message is one line that tells the operator why and what to do. */
final class CertificateProblem extends Exception {
    private static final long serialVersionUID = 1L;

    CertificateProblem(String line, @Nullable Throwable cause) {
        super(line, cause);
    }
}
