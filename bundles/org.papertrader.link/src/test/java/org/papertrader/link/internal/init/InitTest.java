package org.papertrader.link.internal.init;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.link.internal.secure.Keys;
import org.papertrader.link.internal.secure.Loaded;
import org.papertrader.link.internal.secure.OwnKey;
import org.papertrader.link.internal.secure.Passphrase;
import org.papertrader.link.internal.secure.PeerKey;

@Tag("PRO-9")
class InitTest {
    private static final UUID WORKER = UUID.randomUUID();

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code = Main.run(
                folder.resolve("home"), List.of(arguments), new PrintStream(outBytes), new PrintStream(errBytes));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int master(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("master", "init", "--data", folder.resolve("m").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int worker(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "worker",
                "init",
                "--data",
                folder.resolve("w").toString(),
                "--master",
                "master.example:2050",
                "--master-key",
                folder.resolve("m/keys/master.asc").toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private OwnKey own(String file, Passphrase passphrase) {
        Loaded<OwnKey> key = OwnKey.load(folder.resolve(file), passphrase, Instant.now());
        return ((Loaded.Good<OwnKey>) key).value();
    }

    @Test
    void bothSidesAreSetUpAndEachIsToldWhatToTypeAtTheOther() throws IOException {
        assertThat(master()).as(err).isZero();
        OwnKey masterKey = own("m/keys/master.key", Passphrase.of("", "NONE", Map.of()));
        assertThat(out).contains(masterKey.fingerprint(), "papertrader-worker init --master HOST:2048 --master-key");

        assertThat(worker("--uuid", WORKER.toString(), "--name", "eu-1", "--advertise", "192.0.2.7:2051"))
                .as(err)
                .isZero();
        OwnKey workerKey = own("w/keys/worker.key", Passphrase.of("", "NONE", Map.of()));
        assertThat(out)
                .contains(
                        workerKey.fingerprint(),
                        masterKey.fingerprint(),
                        "worker:register " + WORKER + " eu-1 local 192.0.2.7 " + folder.resolve("w/keys/worker.asc"));
        assertThat(Files.readAllLines(folder.resolve("w/conf/org.papertrader.link.worker.cfg")))
                .containsExactly(
                        "masterHost = master.example",
                        "masterPort = 2050",
                        "uuid = " + WORKER,
                        "name = eu-1",
                        "region = local",
                        "advertisedHost = 192.0.2.7",
                        "advertisedPort = 2051");
        assertThat(listening("w", "worker")).containsExactly("address = 0.0.0.0", "port = 2051");
        Loaded<PeerKey> known = PeerKey.file(folder.resolve("w/keys/master.asc"));
        assertThat(((Loaded.Good<PeerKey>) known).value().fingerprint()).isEqualTo(masterKey.fingerprint());
    }

    private List<String> listening(String data, String role) throws IOException {
        return Files.readAllLines(folder.resolve(data).resolve("conf/org.papertrader.transport~" + role + ".cfg"));
    }

    @Test
    void eachListensWhereItIsToldOrWhereItIsReached() throws IOException {
        assertThat(master("--listen", "0.0.0.0:2050")).as(err).isZero();
        assertThat(listening("m", "master")).containsExactly("address = 0.0.0.0", "port = 2050");
        assertThat(out).contains("--master HOST:2050");
        assertThat(worker("--advertise", "127.0.0.2:2051")).as(err).isZero();
        assertThat(listening("w", "worker")).containsExactly("address = 127.0.0.2", "port = 2051");

        assertThat(worker(
                        "--data",
                        folder.resolve("behind").toString(),
                        "--advertise",
                        "trade.example:443",
                        "--listen",
                        "192.0.2.1:2049"))
                .as(err)
                .isZero();
        assertThat(listening("behind", "worker")).containsExactly("address = 192.0.2.1", "port = 2049");

        assertThat(worker("--data", folder.resolve("plain").toString())).as(err).isZero();
        assertThat(folder.resolve("plain/conf/org.papertrader.transport~worker.cfg"))
                .as("the default stays")
                .doesNotExist();
    }

    @Test
    void nothingThatIsThereIsOverwritten() throws IOException {
        assertThat(master()).isZero();
        byte[] before = Files.readAllBytes(folder.resolve("m/keys/master.key"));
        assertThat(master()).isEqualTo(Main.FAILED);
        assertThat(err).contains("master.key is there already and is not overwritten");
        assertThat(Files.readAllBytes(folder.resolve("m/keys/master.key"))).isEqualTo(before);

        Files.createDirectories(folder.resolve("w/conf"));
        Files.writeString(folder.resolve("w/conf/org.papertrader.link.worker.cfg"), "name = mine\n");
        assertThat(worker()).isEqualTo(Main.FAILED);
        assertThat(folder.resolve("w/keys")).doesNotExist();
    }

    @Test
    void aKeyOfGpgIsTakenWithItsPassphrase() throws IOException {
        assertThat(master()).isZero();
        Path key = secret("gpg.asc", Keys.resource("worker.secret.asc"));
        Path passphrase = secret("passphrase", "worker passphrase\n".getBytes());
        assertThat(worker("--key", key.toString(), "--passphrase-file", passphrase.toString()))
                .as(err)
                .isZero();

        assertThat(out).contains(Keys.peer("worker").fingerprint());
        assertThat(Files.readString(folder.resolve("w/conf/org.papertrader.link.worker.cfg")))
                .startsWith("passphraseFile = " + passphrase)
                .doesNotContain("worker passphrase");
        assertThat(own("w/keys/worker.key", Passphrase.of(passphrase.toString(), "", Map.of()))
                        .fingerprint())
                .isEqualTo(Keys.peer("worker").fingerprint());
    }

    private Path secret(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void whatCannotWorkIsSaidAndNothingIsLeftBehind() throws IOException {
        assertThat(worker()).isEqualTo(Main.FAILED);
        assertThat(err).contains("there is no file");
        assertThat(master()).isZero();
        Path expired = secret("expired", Keys.resource("expired.secret.asc"));
        assertThat(worker("--key", expired.toString())).isEqualTo(Main.FAILED);
        assertThat(err).contains("expired at 2020-12-31");
        Path locked = secret("locked", Keys.resource("worker.secret.asc"));
        Path wrong = secret("wrong", "another".getBytes());
        assertThat(worker("--key", locked.toString(), "--passphrase-file", wrong.toString()))
                .isEqualTo(Main.FAILED);
        assertThat(err).contains("does not open").doesNotContain("another");
        assertThat(folder.resolve("w/conf")).doesNotExist();
        assertThat(folder.resolve("w/keys/worker.key")).doesNotExist();
    }

    @Test
    void theCommandLineIsChecked() {
        assertThat(run("worker", "init", "--help")).isZero();
        assertThat(out).startsWith("Usage: papertrader-worker init").contains("--master-key");
        assertThat(run("master", "init", "--help")).isZero();
        for (String[] wrong : List.of(
                new String[] {"standalone", "init"},
                new String[] {"master", "init", "--what"},
                new String[] {"master", "init", "--data"},
                new String[] {"master", "init", "--passphrase-file", "a", "--passphrase-variable", "b"},
                new String[] {"worker", "init"},
                new String[] {"worker", "init", "--master", "a:0", "--master-key", "b"},
                new String[] {"worker", "init", "--master", "a", "--master-key", "b", "--uuid", "x"},
                new String[] {"worker", "init", "--master", "a", "--master-key", "b", "--name", "a b"})) {
            assertThat(run(wrong)).as(String.join(" ", wrong)).isEqualTo(Main.USAGE);
            assertThat(err).startsWith("papertrader: ").endsWith("see --help\n");
        }
    }

    @Test
    void theConfigurationBeginsAsTheDistributions() throws IOException {
        Files.createDirectories(folder.resolve("home/conf"));
        Files.writeString(folder.resolve("home/conf/README.txt"), "read me");
        assertThat(master()).isZero();

        assertThat(folder.resolve("m/conf/README.txt")).hasContent("read me");
    }
}
