package org.papertrader.transport.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A private key with its certificate.
 *
 * @param key the private key of the first certificate
 * @param chain the certificate, then those that vouch for it
 */
record Credential(PrivateKey key, List<X509Certificate> chain) {
    /** Kinds of keys, each with a signature that shows whether a private key belongs to a public one. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    Credential {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** SHA-256 of the certificate's DER form, lower-case hexadecimal. */
    String fingerprint() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    Instant validUntil() {
        return certificate().getNotAfter().toInstant();
    }

    /** True when the key is the certificate's, by a signature. */
    boolean matches() {
        String algorithm = SIGNATURES.get(certificate().getPublicKey().getAlgorithm());
        if (algorithm == null) {
            return false;
        }
        try {
            byte[] probe = "PaperTrader".getBytes(StandardCharsets.US_ASCII);
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's.
            return false;
        }
    }
}
