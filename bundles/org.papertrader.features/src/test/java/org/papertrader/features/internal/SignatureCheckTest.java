package org.papertrader.features.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's own verification lets through is refused, as is all that it refuses. */
@Tag("CARD-7")
class SignatureCheckTest {
    private static final String PASSWORD = "canary-of-tests";

    @TempDir
    static Path folder;

    private static KeyStore.PrivateKeyEntry ours;
    private static KeyStore.PrivateKeyEntry foreign;

    @BeforeAll
    static void makeKeys() throws Exception {
        ours = key("ours");
        foreign = key("foreign");
    }

    @Test
    void whatAPinnedCertificateSignedIsAccepted() throws Exception {
        Path jar = signed(ours, plain());
        String pin = Checksum.of(ours.getCertificate().getEncoded(), "SHA-256");

        assertThatCode(() -> new SignatureCheck(List.of(pin)).require("x", jar)).doesNotThrowAnyException();
        String colons = pin.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        assertThatCode(() -> new SignatureCheck(List.of(colons)).require("x", jar))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutPinsNothingIsChecked() throws Exception {
        Path jar = plain();
        assertThat(new SignatureCheck(List.of()).isOn()).isFalse();
        assertThatCode(() -> new SignatureCheck(List.of()).require("x", jar)).doesNotThrowAnyException();
    }

    @Test
    void anUnsignedOneIsRefused() throws Exception {
        refused(plain(), "a.txt in it is not signed");
    }

    @Test
    void aForeignSignatureIsRefused() throws Exception {
        refused(signed(foreign, plain()), "which is not pinned");
    }

    /** This one the JDK's tool calls verified. */
    @Test
    void anAddedEntryIsRefused() throws Exception {
        Map<String, byte[]> entries = entries(signed(ours, plain()));
        entries.put("evil.txt", bytes("evil"));
        refused(write(entries), "evil.txt in it is not signed");
    }

    @Test
    void aChangedEntryIsRefused() throws Exception {
        Map<String, byte[]> entries = entries(signed(ours, plain()));
        entries.put("a.txt", bytes("other"));
        refused(write(entries), "it was changed after it was signed");
    }

    @Test
    void aChangedManifestIsRefused() throws Exception {
        Map<String, byte[]> entries = entries(signed(ours, plain()));
        String manifest = new String(entries.get("META-INF/MANIFEST.MF"), StandardCharsets.UTF_8);
        entries.put("META-INF/MANIFEST.MF", bytes(manifest.replaceFirst("\r\n", "\r\nBundle-Activator: evil\r\n")));
        refused(write(entries), "it was changed after it was signed");
    }

    @Test
    void anEntryUnderTheSignatureFolderNeedsASignatureToo() throws Exception {
        Map<String, byte[]> entries = entries(signed(ours, plain()));
        entries.put("META-INF/services/x", bytes("evil"));
        refused(write(entries), "META-INF/services/x in it is not signed");
    }

    /** The pinned one vouches for a part only, and another one for the whole. */
    @Test
    void oneSignedInPartsByTwoIsRefused() throws Exception {
        Map<String, byte[]> entries = entries(signed(ours, plain()));
        entries.put("b.txt", bytes("b"));
        refused(signed(foreign, write(entries), "OTHER"), "which is not pinned");
    }

    /** A reader of the directory sees one entry, a reader of the stream another. */
    @Test
    void anEntryBesideTheDirectoryIsRefused() throws Exception {
        byte[] good = Files.readAllBytes(signed(ours, plain()));
        byte[] hidden = Files.readAllBytes(write(Map.of("hidden.txt", bytes("evil"))));
        int end = new String(hidden, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        Path jar = Files.createTempFile(folder, "hidden", ".jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            out.write(hidden, 0, end);
            out.write(good);
        }
        try (ZipFile readable = new ZipFile(jar.toFile())) {
            assertThat(readable.getEntry("hidden.txt")).isNull();
        }
        refused(jar, "its directory does not list what is in it");
    }

    private static void refused(Path jar, String why) throws Exception {
        String pin = Checksum.of(ours.getCertificate().getEncoded(), "SHA-256");
        assertThatThrownBy(() -> new SignatureCheck(List.of(pin)).require("g:x:1", jar))
                .isInstanceOf(FeatureException.class)
                .hasMessageStartingWith("g:x:1 is refused: ")
                .hasMessageContaining(why);
    }

    private static Path plain() throws IOException {
        Path jar = Files.createTempFile(folder, "plain", ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("a.txt"));
            out.write(bytes("a"));
        }
        return jar;
    }

    private static Path signed(KeyStore.PrivateKeyEntry key, Path jar) throws Exception {
        return signed(key, jar, "SIGNER");
    }

    private static Path signed(KeyStore.PrivateKeyEntry key, Path jar, String name) throws Exception {
        Path signed = Files.createTempFile(folder, "signed", ".jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key).signerName(name).build().sign(in, out);
        }
        return signed;
    }

    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }

    private static Path write(Map<String, byte[]> entries) throws IOException {
        Path jar = Files.createTempFile(folder, "made", ".jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return jar;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static KeyStore.PrivateKeyEntry key(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
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
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        return (KeyStore.PrivateKeyEntry) store.getEntry(name, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
    }
}
