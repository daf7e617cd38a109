package org.papertrader.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server is not trusted, so nothing was sent to it; the message says why and what to do. */
public final class UntrustedServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable CertificateFingerprint shown;
    private final boolean unknown;

    UntrustedServerException(String text) {
        super(text);
        this.shown = null;
        this.unknown = false;
    }

    UntrustedServerException(TrustCheck.Distrust cause) {
        super(cause.getMessage(), cause);
        this.shown = cause.shown();
        this.unknown = cause.isUnknown();
    }

    /** The certificate that the server showed; empty when it has none. */
    public Optional<CertificateFingerprint> shown() {
        return Optional.ofNullable(shown);
    }

    /** True when nobody vouches for the server, and nothing else speaks against it: a user may decide to trust it. */
    public boolean isUnknown() {
        return unknown;
    }
}
