package org.papertrader.transport.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads keys and certificates as operators have them: PEM, or PKCS#12. */
final class CredentialFiles {
    private static final int BYTES_MAX = 1 << 20;
    private static final String KEY = "PRIVATE KEY";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private CredentialFiles() {}

    /**
     * Reads a certificate with its key.
     *
     * @param certificate PEM, the port's own certificate first; or PKCS#12
     * @param key PEM with the unencrypted PKCS#8 key, may be the same file; not looked at beside PKCS#12
     * @param password file whose first line is the password of PKCS#12
     */
    static Credential read(Path certificate, Path key, @Nullable Path password) throws CertificateProblem {
        byte[] bytes = bytes(certificate);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Credential credential = text.contains("-----BEGIN ")
                ? pem(certificate, text, key)
                : pkcs12(certificate, bytes, password == null ? new char[0] : password(password));
        if (!credential.matches()) {
            throw new CertificateProblem(
                    "the key in " + key + " is not that of the first certificate in " + certificate
                            + "; keys may be EC, RSA or Ed25519",
                    null);
        }
        return credential;
    }

    private static Credential pem(Path certificate, String text, Path key) throws CertificateProblem {
        List<X509Certificate> chain = new ArrayList<>();
        for (byte[] der : blocks(text, "CERTIFICATE")) {
            chain.add(certificate(certificate, der));
        }
        if (chain.isEmpty()) {
            throw new CertificateProblem(certificate + " has no certificate", null);
        }
        requirePrivate(key);
        List<byte[]> keys = blocks(new String(bytes(key), StandardCharsets.ISO_8859_1), KEY);
        if (keys.isEmpty()) {
            throw new CertificateProblem(
                    key + " has no unencrypted PKCS#8 key ('BEGIN PRIVATE KEY'): make one with"
                            + " 'openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW', or use PKCS#12 with a password file",
                    null);
        }
        return new Credential(privateKey(key, chain.get(0), keys.get(0)), chain);
    }

    private static List<byte[]> blocks(String text, String kind) {
        List<byte[]> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(kind)) {
                found.add(Base64.getMimeDecoder().decode(block.group(2)));
            }
        }
        return found;
    }

    private static X509Certificate certificate(Path file, byte[] der) throws CertificateProblem {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new CertificateProblem(file + " has a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file, X509Certificate certificate, byte[] der) throws CertificateProblem {
        String algorithm = certificate.getPublicKey().getAlgorithm();
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem(
                    "the key in " + file + " is no " + algorithm + " key as its certificate is", e);
        }
    }

    private static Credential pkcs12(Path file, byte[] bytes, char[] password) throws CertificateProblem {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key) {
                    List<X509Certificate> chain = new ArrayList<>();
                    for (Certificate certificate : store.getCertificateChain(alias)) {
                        chain.add((X509Certificate) certificate);
                    }
                    return new Credential(key, chain);
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CertificateProblem(
                    file + " is neither PEM nor PKCS#12 that opens with the password of the password file", e);
        }
        throw new CertificateProblem(file + " has no private key", null);
    }

    private static char[] password(Path file) throws CertificateProblem {
        requirePrivate(file);
        String text = new String(bytes(file), StandardCharsets.UTF_8);
        return text.lines().findFirst().orElse("").toCharArray();
    }

    /** A secret that others can read is none. */
    private static void requirePrivate(Path file) throws CertificateProblem {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            if (view != null && !OWNERS.containsAll(view.readAttributes().permissions())) {
                throw new CertificateProblem("others may read " + file + ", which is secret: chmod 600 it", null);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static byte[] bytes(Path file) throws CertificateProblem {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new CertificateProblem(file + " is too large for a certificate or key", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CertificateProblem unreadable(Path file, IOException cause) {
        return new CertificateProblem(
                cause instanceof NoSuchFileException
                        ? "there is no file " + file
                        : file + " cannot be read: " + cause.getMessage(),
                cause);
    }
}
