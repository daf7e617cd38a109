package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("PRO-1")
class PortCertificateTest {
    private static final String PASSWORD = "a password";

    @TempDir
    private Path folder;

    private Path secret(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private Path made(String name) throws CertificateProblem {
        Path file = folder.resolve(name);
        new CertificateSource.Own(file, "worker", List.of("localhost", "192.0.2.7", "2001:db8::7")).read(true);
        return file;
    }

    private static String problem(Path certificate, Path key, Path password) {
        return catchThrowableOfType(CertificateProblem.class, () -> CredentialFiles.read(certificate, key, password))
                .getMessage();
    }

    /** A PKCS#12 file as operators make them, with the JDK's own tool. */
    private Path pkcs12(String algorithm) throws Exception {
        Path file = folder.resolve(algorithm + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "port",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(new String(keytool.getInputStream().readAllBytes()))
                .isZero();
        return file;
    }

    @Test
    void whoHasGoneCostsNoArithmetic() {
        EmbeddedChannel stays = new EmbeddedChannel();
        EmbeddedChannel goes = new EmbeddedChannel();
        Queue<Runnable> waiting = new ArrayDeque<>();
        List<String> done = new ArrayList<>();
        PortCertificate.whileOpen(stays, waiting::add).execute(() -> done.add("of the one who stays"));
        PortCertificate.whileOpen(goes, waiting::add).execute(() -> done.add("of the one who goes"));
        goes.close();
        waiting.forEach(Runnable::run);
        assertThat(done).containsExactly("of the one who stays");
        stays.close();
    }

    @Test
    void whatIsMadeNamesTheHostsAndLastsForYears() throws Exception {
        Path file = made("worker.pem");
        Credential credential = CredentialFiles.read(file, file, null);

        assertThat(credential.certificate().getSubjectAlternativeNames())
                .extracting(name -> name.get(1).toString())
                .containsExactly("localhost", "192.0.2.7", "2001:db8:0:0:0:0:0:7");
        assertThat(credential.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(credential.validUntil()).isAfter(Instant.now().plus(Duration.ofDays(3_600)));
        credential.certificate().verify(credential.certificate().getPublicKey());
        assertThat(credential.fingerprint()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @CsvSource({"EC", "RSA", "Ed25519"})
    void keysOfOperatorsAreReadFromPkcs12AndFromPem(String algorithm) throws Exception {
        Path file = pkcs12(algorithm);
        Path password = secret("password", PASSWORD + "\n");
        Credential credential = CredentialFiles.read(file, file, password);
        String certificate = pem("CERTIFICATE", credential.certificate().getEncoded());
        Path chain = Files.writeString(folder.resolve("chain.pem"), "Bag Attributes\n" + certificate + certificate);
        Path key = secret("key.pem", pem("PRIVATE KEY", credential.key().getEncoded()));
        Credential again = CredentialFiles.read(chain, key, null);

        assertThat(again.fingerprint()).isEqualTo(credential.fingerprint());
        assertThat(again.chain()).hasSize(2);
        try (Rig rig = new Rig(
                Limits.standard(), false, EventLoops.preferred(), new CertificateSource.Given(file, file, password))) {
            assertThat(TlsSockets.fingerprint(rig.number)).isEqualTo(credential.fingerprint());
        }
        assertThat(problem(file, file, secret("wrong", "another")))
                .contains("neither PEM nor PKCS#12 that opens with the password");
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    @Test
    void whatCannotBeUsedSaysWhatToDo() throws Exception {
        Path file = made("worker.pem");
        Path other = made("other.pem");
        assertThat(problem(folder.resolve("none.pem"), file, null)).startsWith("there is no file ");
        assertThat(problem(file, other, null)).contains("is not that of the first certificate");
        assertThat(problem(secret("empty.pem", "-----BEGIN NOTHING-----"), file, null))
                .contains("has no certificate");
        assertThat(problem(file, secret("sec1.pem", pem("EC PRIVATE KEY", new byte[8])), null))
                .contains("openssl pkcs8");
        assertThat(problem(file, secret("broken.pem", pem("PRIVATE KEY", new byte[8])), null))
                .contains("is no EC key");
        assertThat(problem(secret("bad.pem", pem("CERTIFICATE", new byte[8])), file, null))
                .contains("cannot be read");
        assertThat(problem(secret("huge.pem", " ".repeat(2 << 20)), file, null)).contains("too large");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(problem(other, other, null)).contains("chmod 600");
        Path password = secret("password", PASSWORD);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r--r--"));
        Path store = folder.resolve("store.p12");
        Files.write(store, new byte[] {0x30, 3, 2, 1, 3});
        assertThat(problem(store, store, password)).contains("chmod 600");
    }

    @Test
    void aHostThatIsNoneIsRefused() {
        CertificateSource own =
                new CertificateSource.Own(folder.resolve("x.pem"), "worker", List.of("localhost", "300.1.2.3"));
        assertThatThrownBy(() -> own.read(true))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("host name or IP address");
    }

    @Test
    void aChangedFileServesNewConnectionsAndABadOneChangesNothing() throws Exception {
        Path file = made("worker.pem");
        Path next = made("next.pem");
        String fingerprint = CredentialFiles.read(next, next, null).fingerprint();
        try (Rig rig = new Rig(
                        Limits.standard(),
                        false,
                        EventLoops.preferred(),
                        new CertificateSource.Given(file, file, null));
                RawClient before = rig.tlsClient()) {
            before.send(Frames.ping(1)).next(1);
            Files.writeString(file, "nothing of use");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            assertThat(rig.events.next()).isEqualTo(fingerprint);
            assertThat(TlsSockets.fingerprint(rig.number)).isEqualTo(fingerprint);
            Files.delete(file);
            rig.tls.look();
            Files.writeString(file, "nothing of use");
            rig.tls.look();

            assertThat(TlsSockets.fingerprint(rig.number)).isEqualTo(fingerprint);
            assertThat(rig.events.isQuiet()).isTrue();
            assertThat(before.send(Frames.ping(2)).next(1)).hasSize(1);
        }
    }

    @Test
    void anOwnCertificateIsMadeAtTheStartOnly() throws Exception {
        Path file = made("worker.pem");
        CertificateSource own = new CertificateSource.Own(file, "worker", List.of("localhost"));
        Files.delete(file);

        assertThatThrownBy(() -> own.read(false)).isInstanceOf(CertificateProblem.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void aFirstCertificateThatIsBadIsTold() {
        EventLoops loops = new EventLoops(EventLoops.preferred(), 1);
        CertificateEvents events = new CertificateEvents();
        PortCertificate certificate =
                new PortCertificate("worker", loops.handshakes(), Clock.systemUTC(), Duration.ofMillis(10), events);
        Path none = folder.resolve("none.pem");
        certificate.use(new CertificateSource.Given(none, none, null));

        assertThat(events.next()).isEqualTo("there is no file " + none);
        assertThat(certificate.newHandler(new EmbeddedChannel(), Duration.ofSeconds(1)))
                .isNull();
        certificate.look();
        assertThat(events.isQuiet()).as("the same failure is told once").isTrue();
        await().until(() -> certificate.credential() == null);
        certificate.close();
        loops.stop();
    }

    @Test
    void whatIsPutInPlaceWhileAnotherLoadsIsLoadedNext() throws Exception {
        Path file = made("worker.pem");
        Path next = made("next.pem");
        String fingerprint = CredentialFiles.read(next, next, null).fingerprint();
        EventLoops loops = new EventLoops(EventLoops.preferred(), 1);
        CertificateEvents events = new CertificateEvents() {
            @Override
            public void loaded(Credential credential) {
                super.loaded(credential);
                try {
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    // Moved the first time.
                    assertThat(next).doesNotExist();
                }
            }
        };
        PortCertificate certificate =
                new PortCertificate("worker", loops.handshakes(), Clock.systemUTC(), Duration.ofMillis(10), events);
        certificate.use(new CertificateSource.Given(file, file, null));

        assertThat(events.next()).isNotEqualTo(fingerprint);
        assertThat(events.next()).isEqualTo(fingerprint);
        certificate.close();
        loops.stop();
    }

    @Test
    void aCertificateThatEndsIsWarnedOf() throws Exception {
        Path file = made("worker.pem");
        Credential credential = CredentialFiles.read(file, file, null);
        Instant end = credential.validUntil();

        assertThat(PortCertificate.warning(credential, Instant.now())).isEmpty();
        assertThat(PortCertificate.warning(credential, end.minus(Duration.ofDays(29))))
                .hasValueSatisfying(text -> assertThat(text).startsWith("expires on"));
        assertThat(PortCertificate.warning(credential, end.plusSeconds(1)))
                .hasValueSatisfying(text -> assertThat(text).startsWith("expired on"));
        assertThat(PortCertificate.warning(credential, Instant.EPOCH))
                .hasValueSatisfying(text -> assertThat(text).startsWith("is not valid before"));
    }
}
