package org.papertrader.itests.bundles;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** A certificate and its key, and what it signs. */
public record SigningKey(KeyStore.PrivateKeyEntry entry) {
    private static final String PASSWORD = "canary-of-tests";

    /** Makes one with the JDK's keytool. */
    public static SigningKey make(Path folder, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String printed = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(printed);
        }
        char[] password = PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(file.toFile(), password);
        return new SigningKey(
                (KeyStore.PrivateKeyEntry) store.getEntry(name, new KeyStore.PasswordProtection(password)));
    }

    /** SHA-256 of the certificate. */
    public String fingerprint() throws GeneralSecurityException {
        byte[] certificate = entry.getCertificate().getEncoded();
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
    }

    /** A jar, signed whole. */
    public byte[] sign(byte[] jar) throws IOException {
        Path plain = Files.createTempFile("plain", ".jar");
        try {
            Files.write(plain, jar);
            ByteArrayOutputStream signed = new ByteArrayOutputStream();
            try (ZipFile in = new ZipFile(plain.toFile())) {
                new JarSigner.Builder(entry).signerName("IT").build().sign(in, signed);
            }
            return signed.toByteArray();
        } finally {
            Files.delete(plain);
        }
    }
}
