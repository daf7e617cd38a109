package org.papertrader.transport.api;

import org.osgi.annotation.versioning.ProviderType;

/**
 * What clients know the port of one side by, told by the service property {@code side}. There once the certificate is
 * loaded, before the port opens. A service never changes its answer: a replaced certificate comes as another service.
 */
@ProviderType
public interface PortIdentity {
    /**
     * The certificate's fingerprint: SHA-256 of its DER form in 64 lower-case hexadecimal digits. Empty when the port has
     * no TLS.
     */
    String certificateFingerprint();
}
