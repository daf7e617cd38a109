package org.papertrader.features.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that all of a jar was signed by one whose certificate is pinned. The JDK's own tool calls a jar verified to which
 * an unsigned entry was added; here each entry must be signed, by the same signer, exactly once in the file.
 */
final class SignatureCheck {
    private static final Pattern OF_THE_SIGNATURE =
            Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|MANIFEST\\.MF|SIG-[^/]*)", Pattern.CASE_INSENSITIVE);

    private final Set<String> pinned;

    /** {@code pinned} has the SHA-256 of each certificate, in hexadecimal digits, with or without colons. */
    SignatureCheck(List<String> pinned) {
        Set<String> digits = new HashSet<>();
        pinned.forEach(pin -> digits.add(pin.replace(":", "").strip().toLowerCase(Locale.ROOT)));
        this.pinned = Set.copyOf(digits);
    }

    boolean isOn() {
        return !pinned.isEmpty();
    }

    /** @throws FeatureException saying what is wrong, unless the check is off */
    void require(String name, Path jar) throws FeatureException {
        if (!isOn()) {
            return;
        }
        try {
            Set<String> names = entriesInOrder(name, jar);
            try (JarFile file = new JarFile(jar.toFile(), true)) {
                long listed = file.stream().count();
                if (listed != names.size()
                        || !file.stream().map(ZipEntry::getName).allMatch(names::contains)) {
                    throw refused(name, "its directory does not list what is in it");
                }
                requireSigned(name, file);
            }
        } catch (SecurityException e) {
            throw new FeatureException(
                    name + " is refused: it was changed after it was signed (" + e.getMessage() + ")", e);
        } catch (IOException | CertificateEncodingException e) {
            throw new FeatureException(name + " is refused: " + e.getMessage(), e);
        }
    }

    private void requireSigned(String name, JarFile file)
            throws IOException, CertificateEncodingException, FeatureException {
        Set<String> common = null;
        for (JarEntry entry : file.stream().toList()) {
            if (entry.isDirectory() || OF_THE_SIGNATURE.matcher(entry.getName()).matches()) {
                continue;
            }
            // Signers are known, and digests compared, only once all of an entry has been read.
            try (InputStream in = file.getInputStream(entry)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            Set<String> signers = signers(entry.getCodeSigners());
            if (signers.isEmpty()) {
                throw refused(name, entry.getName() + " in it is not signed");
            }
            if (common == null) {
                common = signers;
            }
            common.retainAll(signers);
        }
        if (common == null || common.isEmpty()) {
            throw refused(name, "no one has signed all of it");
        }
        Set<String> trusted = new TreeSet<>(common);
        trusted.retainAll(pinned);
        if (trusted.isEmpty()) {
            throw refused(name, "it is signed with certificate " + common + ", which is not pinned");
        }
    }

    /** What lies in the file, which may be more than its directory tells, or the same name twice. */
    private static Set<String> entriesInOrder(String name, Path jar) throws IOException, FeatureException {
        Set<String> names = new HashSet<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!names.add(entry.getName())) {
                    throw refused(name, entry.getName() + " is in it twice");
                }
            }
        }
        return names;
    }

    private static Set<String> signers(CodeSigner @Nullable [] signers) throws CertificateEncodingException {
        Set<String> hashes = new TreeSet<>();
        for (CodeSigner signer : signers == null ? new CodeSigner[0] : signers) {
            Certificate own = signer.getSignerCertPath().getCertificates().get(0);
            hashes.add(Checksum.of(own.getEncoded(), "SHA-256"));
        }
        return hashes;
    }

    private static FeatureException refused(String name, String why) {
        return new FeatureException(name + " is refused: " + why);
    }
}
