package org.papertrader.link.internal.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PRO-9")
class KeyFilesTest {
    private static final Passphrase NONE = (fingerprint, attempt) -> new Loaded.Bad<>("nobody to ask");

    @TempDir
    Path folder;

    private Path file(String name, byte[] bytes, String mode) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Path secretKey(String name) throws IOException {
        return file(name, Keys.resource(name + ".secret.asc"), "rw-------");
    }

    @Test
    void aSecretFileThatOthersCouldReadIsRefused() throws IOException {
        Path open = file("key", Keys.resource("master.secret.asc"), "rw-r-----");

        assertThat(Keys.problem(OwnKey.load(open, NONE, Instant.now())))
                .contains("has mode rw-r-----", "chmod 600 " + open);
        assertThat(Keys.good(OwnKey.load(secretKey("master"), NONE, Instant.now()))
                        .fingerprint())
                .isEqualTo("30774519DAE9A238388FC3669A622E69F025240E");
    }

    @Test
    void theHalvesOfAKeyCannotBeMistaken() throws IOException {
        assertThat(Keys.problem(PeerKey.parse(Keys.resource("master.secret.asc"))))
                .startsWith("this is a secret key");
        Path open = file("key", Keys.resource("master.asc"), "rw-------");
        assertThat(Keys.problem(OwnKey.load(open, NONE, Instant.now()))).contains("not an OpenPGP secret key");
        String two = Keys.armored("master") + Keys.armored("worker");
        assertThat(Keys.problem(PeerKey.parse(two))).startsWith("exactly one public key");
        assertThat(Keys.problem(PeerKey.parse("nonsense"))).isEqualTo("not an OpenPGP public key");
        assertThat(Keys.problem(PeerKey.parse(""))).isNotEqualTo("(no problem)");
    }

    @Test
    void thePassphraseComesFromAFileOrTheEnvironmentAndIsAskedForOnce() throws IOException {
        Path key = secretKey("worker");
        AtomicInteger asked = new AtomicInteger();
        OwnKey unlocked = Keys.good(OwnKey.load(
                key,
                (fingerprint, attempt) -> {
                    asked.incrementAndGet();
                    return new Loaded.Good<>(Keys.WORKER_PASSPHRASE.toCharArray());
                },
                Instant.now()));
        assertThat(asked).hasValue(1);
        assertThat(unlocked.certificate().problem(Instant.now())).isEmpty();

        Path passphrase = file("passphrase", (Keys.WORKER_PASSPHRASE + "\n").getBytes(), "rw-------");
        Passphrase fromFile = Passphrase.of(passphrase.toString(), "", Map.of());
        assertThat(OwnKey.load(key, fromFile, Instant.now())).isInstanceOf(Loaded.Good.class);
        Passphrase fromVariable = Passphrase.of("", "P", Map.of("P", Keys.WORKER_PASSPHRASE));
        assertThat(OwnKey.load(key, fromVariable, Instant.now())).isInstanceOf(Loaded.Good.class);
    }

    @Test
    void aMissingOrWrongPassphraseIsSaidWithoutRepeatingIt() throws IOException {
        Path key = secretKey("worker");
        assertThat(Keys.problem(OwnKey.load(key, Passphrase.of("", "P", Map.of()), Instant.now())))
                .contains("no variable P");
        assertThat(Keys.problem(OwnKey.load(key, Passphrase.of("", "P", Map.of("P", "a wrong one")), Instant.now())))
                .isEqualTo(key + ": the passphrase does not open the secret key");
        Path open = file("passphrase", Keys.WORKER_PASSPHRASE.getBytes(), "rw-r--r--");
        assertThat(Keys.problem(OwnKey.load(key, Passphrase.of(open.toString(), "", Map.of()), Instant.now())))
                .contains("chmod 600");
    }

    @Test
    void aPersonWhoMistypesIsAskedAgainThreeTimesInAll() throws IOException {
        Path key = secretKey("worker");
        List<String> questions = new ArrayList<>();
        Passphrase mistyped = Passphrase.typed(question -> {
            questions.add(question);
            return (questions.size() < 3 ? "a wrong one" : Keys.WORKER_PASSPHRASE).toCharArray();
        });
        assertThat(OwnKey.load(key, mistyped, Instant.now())).isInstanceOf(Loaded.Good.class);
        assertThat(questions).hasSize(3).first().asString().startsWith("Passphrase of key ");
        assertThat(questions.get(1)).startsWith("That does not open it. Passphrase of key ");

        AtomicInteger asked = new AtomicInteger();
        Passphrase forgotten = Passphrase.typed(question -> {
            asked.incrementAndGet();
            return "a wrong one".toCharArray();
        });
        assertThat(Keys.problem(OwnKey.load(key, forgotten, Instant.now())))
                .isEqualTo(key + ": the passphrase does not open the secret key");
        assertThat(asked).hasValue(3);
        assertThat(Keys.problem(OwnKey.load(key, Passphrase.typed(question -> null), Instant.now())))
                .contains("passphraseFile");
    }

    @Test
    void n31KeysOfOurOwnThatExpiredOrCannotDecryptAreRefusedAtTheStart() throws IOException {
        assertThat(Keys.problem(OwnKey.load(secretKey("expired"), NONE, Instant.now())))
                .contains("expired at 2020-12-31");
        assertThat(Keys.problem(OwnKey.load(secretKey("signonly"), NONE, Instant.now())))
                .contains("cannot be encrypted to");
    }

    @Test
    void certificatesTellTheirStateAtATime() {
        Instant before = Instant.parse("2020-06-01T00:00:00Z");
        PeerKey expired = Keys.peer("expired");
        assertThat(expired.problem(before)).isEmpty();
        assertThat(expired.expires(before).orElseThrow())
                .isBefore(Instant.now())
                .isAfter(before);
        assertThat(expired.problem(Instant.now()).orElseThrow()).contains("expired");
        assertThat(Keys.peer("revoked").problem(Instant.now()).orElseThrow()).contains("revoked");
        assertThat(Keys.peer("unrevoked").problem(Instant.now())).isEmpty();
        assertThat(Keys.peer("master").expires(Instant.now())).isEmpty();
    }

    @Test
    void aKeyThatWeMakeIsSecretCompleteAndNeverOverwritten() throws Exception {
        Path secret = folder.resolve("keys/master.secret.asc");
        Path open = folder.resolve("keys/master.asc");
        PeerKey made = KeyMaker.make("PaperTrader master", secret, open);
        OwnKey own = Keys.good(OwnKey.load(secret, NONE, Instant.now()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(own.fingerprint()).isEqualTo(made.fingerprint()).hasSize(40);
        PeerKey published = Keys.good(PeerKey.file(open));
        assertThat(published.problem(Instant.now().plus(Duration.ofDays(20_000))))
                .isEmpty();
        byte[] wire = SignedMessages.seal(own, published, new byte[] {1}, Instant.now());
        assertThat(SignedMessages.open(own, java.util.List.of(published), wire, Keys.CLOCK))
                .isInstanceOf(SignedMessages.Opened.Good.class);
        assertThatThrownBy(() -> KeyMaker.make("PaperTrader master", secret, open))
                .isInstanceOf(FileAlreadyExistsException.class);
    }
}
