package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.link.internal.secure.SignedMessages.Opened;

/** What operators have: keys and messages of the ordinary gpg, both ways. */
@Tag("PRO-9")
class GpgInteropTest {
    private static final byte[] TEXT = "a hello\n".getBytes();
    private static final Passphrase NONE = (fingerprint, attempt) -> new Loaded.Bad<>("nobody to ask");

    @TempDir
    Path folder;

    private Gpg gpg;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Gpg.isThere(), "gpg is not installed: what it makes and reads is not looked at");
        gpg = new Gpg(folder.resolve("gpg"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (gpg != null) {
            gpg.close();
        }
    }

    private Path secret(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return file;
    }

    @Test
    void gpgReadsThePublicKeyThatWeMadeAndOurSignedAndEncryptedHello() throws Exception {
        Path made = folder.resolve("keys/master.secret.asc");
        Path open = folder.resolve("keys/master.asc");
        PeerKey key = KeyMaker.make("PaperTrader master", made, open);
        OwnKey own = Keys.good(OwnKey.load(made, NONE, Instant.now()));
        assertThat(gpg.run("--import", open.toString())).contains("IMPORT_OK 1 " + key.fingerprint());
        assertThat(gpg.run("--list-keys", key.fingerprint())).contains("ed25519", "cv25519", "PaperTrader master");

        gpg.run("--passphrase", "", "--quick-generate-key", "worker", "ed25519", "sign,cert", "never");
        Path reader = folder.resolve("reader");
        Files.write(reader, Keys.resource("other.secret.asc"));
        gpg.run("--import", reader.toString());
        Path wire = folder.resolve("hello.pgp");
        Files.write(wire, SignedMessages.seal(own, Keys.peer("other"), TEXT, Instant.now()));

        String status = gpg.run("--output", folder.resolve("text").toString(), "--decrypt", wire.toString());
        assertThat(status).contains("GOODSIG", "VALIDSIG", key.fingerprint(), "DECRYPTION_OKAY");
        assertThat(Files.readAllBytes(folder.resolve("text"))).isEqualTo(TEXT);
    }

    @Test
    void weReadTheKeysAndMessagesThatGpgMakes() throws Exception {
        for (String algorithm : List.of("ed25519", "rsa3072")) {
            String name = "worker-" + algorithm;
            String passphrase = algorithm.equals("ed25519") ? "a passphrase" : "";
            gpg.run("--passphrase", passphrase, "--quick-generate-key", name, algorithm, "sign,cert", "1y");
            String fingerprint = fingerprint(name);
            String second = algorithm.equals("ed25519") ? "cv25519" : algorithm;
            gpg.run("--passphrase", passphrase, "--quick-add-key", fingerprint, second, "encr", "1y");
            Path secret = secret(name);
            gpg.run("--passphrase", passphrase, "--output", secret.toString(), "--export-secret-keys", fingerprint);
            Path open = folder.resolve(name + ".asc");
            gpg.run("--armor", "--output", open.toString(), "--export", fingerprint);

            OwnKey own = Keys.good(OwnKey.load(secret, Passphrase.of("", "P", Map.of("P", passphrase)), Instant.now()));
            PeerKey certificate = Keys.good(PeerKey.file(open));
            assertThat(own.fingerprint()).isEqualTo(fingerprint).isEqualTo(certificate.fingerprint());
            assertThat(certificate.problem(Instant.now())).isEmpty();

            Path master = folder.resolve("master.asc");
            Files.write(master, Keys.resource("master.asc"));
            gpg.run("--import", master.toString());
            Path text = folder.resolve("text-" + algorithm);
            Files.write(text, TEXT);
            Path wire = folder.resolve("wire-" + algorithm);
            String to = Keys.peer("master").fingerprint();
            gpg.run(
                    "--passphrase",
                    passphrase,
                    "-u",
                    fingerprint,
                    "-r",
                    to,
                    "--output",
                    wire.toString(),
                    "-se",
                    text.toString());
            Opened opened =
                    SignedMessages.open(Keys.own("master"), List.of(certificate), Files.readAllBytes(wire), Keys.CLOCK);
            assertThat(opened).isInstanceOf(Opened.Good.class);
            assertThat(((Opened.Good) opened).text()).isEqualTo(TEXT);

            Dialogue dialogue = Dialogue.run(
                    Dialogue.worker(own, Keys.peer("master")), Dialogue.master(certificate), (i, message) -> message);
            assertThat(dialogue.isEstablished()).isTrue();
        }
    }

    private String fingerprint(String name) throws IOException, InterruptedException {
        return gpg.run("--with-colons", "--list-keys", name)
                .lines()
                .filter(line -> line.startsWith("fpr:"))
                .findFirst()
                .orElseThrow()
                .split(":", -1)[9];
    }
}
