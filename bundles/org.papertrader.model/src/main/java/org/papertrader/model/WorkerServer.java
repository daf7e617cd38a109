package org.papertrader.model;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * DS-6 as clients see it: a worker that they may connect to.
 *
 * @param uuid identity
 * @param name for people, 1 to 32 characters without blanks
 * @param host the address that clients use
 * @param port the port that clients use, 1 to 65535
 * @param region for people and for choosing a near one, 1 to 32 characters without blanks
 * @param certificateFingerprint SHA-256 of the certificate that the port shows, in DER form: 64 lower-case hexadecimal
 *     digits; empty when the port has no TLS
 */
public record WorkerServer(
        UUID uuid, String name, String host, int port, String region, String certificateFingerprint) {
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{64})?");

    public WorkerServer {
        if (!FINGERPRINT.matcher(certificateFingerprint).matches()) {
            throw new IllegalArgumentException("a fingerprint has 64 lower-case hexadecimal digits, or none");
        }
    }
}
