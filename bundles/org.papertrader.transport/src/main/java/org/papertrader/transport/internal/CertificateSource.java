package org.papertrader.transport.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a port's certificate comes from. */
sealed interface CertificateSource {
    /** The files; a change of one of them is a change of the certificate. */
    List<Path> files();

    /**
     * Reads it.
     *
     * @param first whether the port has had none yet: only then one is made where there is none
     */
    Credential read(boolean first) throws CertificateProblem;

    /**
     * Files of the operator's.
     *
     * @param certificate PEM chain or PKCS#12
     * @param key PEM with the key, may be the same file
     * @param password file with the password of PKCS#12
     */
    record Given(Path certificate, Path key, @Nullable Path password) implements CertificateSource {
        @Override
        public List<Path> files() {
            return Stream.of(certificate, key, password == null ? certificate : password)
                    .distinct()
                    .toList();
        }

        @Override
        public Credential read(boolean first) throws CertificateProblem {
            return CredentialFiles.read(certificate, key, password);
        }
    }

    /**
     * Made at the first start.
     *
     * @param file PEM with certificate and key, which only the owner can read
     * @param side goes into the certificate's name
     * @param hosts names and addresses in the certificate
     */
    record Own(Path file, String side, List<String> hosts) implements CertificateSource {
        private static final String LINE_END = "\n";
        private static final int LINE = 64;

        @Override
        public List<Path> files() {
            return List.of(file);
        }

        @Override
        public Credential read(boolean first) throws CertificateProblem {
            if (first && !Files.exists(file)) {
                write(make());
            }
            return CredentialFiles.read(file, file, null);
        }

        private Credential make() throws CertificateProblem {
            try {
                return SelfSigned.make(side, hosts, Instant.now());
            } catch (IllegalArgumentException e) {
                throw new CertificateProblem(
                        "no certificate can be made for " + hosts + ": each must be a host name or IP address", e);
            }
        }

        private void write(Credential credential) throws CertificateProblem {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Path fresh = file.resolveSibling(file.getFileName() + ".new");
                Files.deleteIfExists(fresh);
                Files.createFile(
                        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(
                        fresh,
                        pem("CERTIFICATE", credential.certificate().getEncoded())
                                + pem("PRIVATE KEY", credential.key().getEncoded()));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException | CertificateEncodingException e) {
                throw new CertificateProblem("the certificate cannot be kept in " + file + ": " + e.getMessage(), e);
            }
        }

        private static String pem(String kind, byte[] der) {
            String base64 = Base64.getMimeEncoder(LINE, LINE_END.getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(der);
            return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
        }
    }

    /** Another text for other contents of the files, as far as can be told without reading them. */
    default String stamp() {
        return files().stream().map(CertificateSource::stamp).collect(Collectors.joining(","));
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
            return facts.size() + "/" + facts.lastModifiedTime() + "/" + facts.fileKey();
        } catch (IOException e) {
            // Gone or out of reach: reading it will say so.
            return "none";
        }
    }
}
