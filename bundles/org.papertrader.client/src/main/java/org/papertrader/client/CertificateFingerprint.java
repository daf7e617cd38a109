package org.papertrader.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a server's certificate is known by: SHA-256 of its DER form.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record CertificateFingerprint(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public CertificateFingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 fingerprint has 64 hexadecimal digits, not '" + hex + "'");
        }
    }

    /** Reads one as people write it: in either case, with or without colons; {@link IllegalArgumentException} else. */
    public static CertificateFingerprint parse(String text) {
        return new CertificateFingerprint(text.strip().replace(":", "").toLowerCase(Locale.ROOT));
    }

    static CertificateFingerprint of(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new CertificateFingerprint(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
