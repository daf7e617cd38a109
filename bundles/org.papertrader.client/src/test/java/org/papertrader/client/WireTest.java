package org.papertrader.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.client.TestServer.Identity;
import org.papertrader.model.WorkerServer;

@Tag("PRO-1")
class WireTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private static Path keys;

    private static Identity identity;
    private static Identity another;
    private static TestServer server;

    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        identity = Identity.make(keys, "server");
        another = Identity.make(keys, "another");
        server = TestServer.tls(identity, "TLSv1.3", 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ServerAddress localhost(int port) {
        return new ServerAddress("localhost", port);
    }

    private static void echo(String host, int port, ServerTrust trust) throws IOException {
        try (Wire wire = Wire.open(new ServerAddress(host, port), trust, LIMIT)) {
            wire.out().write(new byte[] {1, 2, 3});
            assertThat(wire.in().readNBytes(3)).containsExactly(1, 2, 3);
        }
    }

    private static UntrustedServerException untrusted(String host, int port, ServerTrust trust) {
        UntrustedServerException failure = catchThrowableOfType(
                UntrustedServerException.class, () -> Wire.open(new ServerAddress(host, port), trust, LIMIT));
        assertThat(failure).isNotNull();
        return failure;
    }

    private ServerTrust.OnFirstUse firstUse(boolean answer) {
        return new ServerTrust.OnFirstUse(new KnownServers(folder.resolve("state/known-servers")), (who, shown) -> {
            asked.add(who + " " + shown);
            return answer;
        });
    }

    @Test
    void aPinnedCertificateIsTrustedWhateverItsNames() throws Exception {
        String text = identity.fingerprint().hex().toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        echo("127.0.0.1", server.port(), ServerTrust.pinned(text));
        try (Wire wire = Wire.open(localhost(server.port()), ServerTrust.pinned(text), LIMIT)) {
            assertThat(wire.certificate()).contains(identity.fingerprint());
        }
    }

    @Test
    void anotherCertificateThanThePinnedOneIsRefused() throws Exception {
        UntrustedServerException failure = untrusted(
                "localhost",
                server.port(),
                ServerTrust.pinned(another.fingerprint().hex()));

        assertThat(failure.shown()).contains(identity.fingerprint());
        assertThat(failure)
                .hasMessageContaining("another certificate")
                .hasMessageContaining(another.fingerprint().hex());
    }

    @Test
    void anAuthorityVouchesForTheHostThatTheCertificateNames() throws Exception {
        ServerTrust authority = ServerTrust.authority(identity.pem(folder.resolve("authority.pem")));
        echo("localhost", server.port(), authority);

        assertThat(untrusted("127.0.0.1", server.port(), authority))
                .hasMessageContaining("no authority vouches for 127.0.0.1");
        assertThat(untrusted(
                        "localhost", server.port(), ServerTrust.authority(another.pem(folder.resolve("other.pem")))))
                .hasMessageContaining("pin it")
                .hasMessageContaining(identity.fingerprint().hex());
    }

    @Test
    void byDefaultTheAuthoritiesOfTheRuntimeAreAsked() throws Exception {
        assertThat(untrusted(
                                "localhost",
                                server.port(),
                                ClientOptions.defaults().trust())
                        .shown())
                .contains(identity.fingerprint());
    }

    @Test
    void authoritiesThatCannotBeReadAreNamed() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertThatThrownBy(() -> Wire.open(localhost(server.port()), ServerTrust.authority(empty), LIMIT))
                .hasMessageContaining("has no certificate");
    }

    @Test
    void theFirstUseIsAskedOnceAndKeptForItsOwnerOnly() throws Exception {
        String name = "localhost:" + server.port();
        echo("localhost", server.port(), firstUse(true));
        echo("localhost", server.port(), firstUse(false));

        assertThat(asked).containsExactly(name + " " + identity.fingerprint());
        Path file = folder.resolve("state/known-servers");
        assertThat(Files.readAllLines(file)).containsExactly(name + " " + identity.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFirstUseThatIsDeclinedKeepsNothing() {
        assertThat(untrusted("localhost", server.port(), firstUse(false))).hasMessageContaining("pin it");
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aKnownServerWithAnotherCertificateIsRefusedWithWhatToDo() throws Exception {
        ServerTrust.OnFirstUse trust = firstUse(true);
        trust.known().remember(localhost(server.port()), another.fingerprint());
        trust.known().remember(new ServerAddress("elsewhere", 1), another.fingerprint());

        assertThat(untrusted("localhost", server.port(), trust))
                .hasMessageContaining("another certificate")
                .hasMessageContaining("delete the line that begins with 'localhost:" + server.port() + "' from "
                        + folder.resolve("state/known-servers"));
        assertThat(asked).isEmpty();
        assertThat(trust.known().find(new ServerAddress("elsewhere", 1))).contains(another.fingerprint());
    }

    @Test
    @Tag("PRO-10")
    void aWorkerIsKnownByTheListAlone() throws Exception {
        ServerTrust master = ServerTrust.authority();
        WorkerServer worker = new WorkerServer(
                UUID.randomUUID(),
                "w",
                "127.0.0.1",
                server.port(),
                "eu",
                identity.fingerprint().hex());
        echo(worker.host(), worker.port(), master.of(worker));
        WorkerServer plain = new WorkerServer(worker.uuid(), "w", worker.host(), worker.port(), "eu", "");

        assertThatThrownBy(() -> master.of(plain))
                .isInstanceOf(UntrustedServerException.class)
                .hasMessageContaining("has no TLS");
        assertThat(ServerTrust.plaintext().of(plain)).isEqualTo(ServerTrust.plaintext());
        assertThat(ServerTrust.plaintext().of(worker))
                .isEqualTo(ServerTrust.pinned(identity.fingerprint().hex()));
    }

    @Test
    void plaintextIsSpokenOnlyWhenChosen() throws Exception {
        try (TestServer plain = TestServer.plain()) {
            echo("localhost", plain.port(), ServerTrust.plaintext());
            assertThatThrownBy(() -> Wire.open(localhost(plain.port()), ServerTrust.authority(), LIMIT))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("in plaintext");
        }
    }

    @Test
    void tls12IsNotSpoken() throws Exception {
        try (TestServer old = TestServer.tls(identity, "TLSv1.2", 0)) {
            ServerTrust pinned = new ServerTrust.Pinned(identity.fingerprint());
            assertThatThrownBy(() -> Wire.open(localhost(old.port()), pinned, LIMIT))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("no TLS 1.3");
        }
    }

    @Test
    @Timeout(30)
    void aHandshakeThatStallsIsGivenUp() throws Exception {
        try (ServerSocket silent = TestServer.silent()) {
            ServerTrust pinned = new ServerTrust.Pinned(identity.fingerprint());
            assertThatThrownBy(() -> Wire.open(localhost(silent.getLocalPort()), pinned, Duration.ofMillis(200)))
                    .isInstanceOf(ConnectionLostException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void aConnectionEndsUnderAWriterThatIsStuck() throws Exception {
        try (ServerSocket silent = TestServer.silent()) {
            Wire wire = Wire.open(localhost(silent.getLocalPort()), ServerTrust.plaintext(), LIMIT);
            CompletableFuture<Void> stuck = CompletableFuture.runAsync(() -> {
                try {
                    while (true) {
                        wire.out().write(new byte[64 * 1024]);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            wire.cut();
            assertThat(stuck).failsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void addressesAreReadAsPeopleWriteThem() {
        assertThat(ServerAddress.parse("host", 2048)).isEqualTo(new ServerAddress("host", 2048));
        assertThat(ServerAddress.parse("host:1", 2048)).isEqualTo(new ServerAddress("host", 1));
        assertThat(ServerAddress.parse("[::1]:1", 2048)).isEqualTo(new ServerAddress("::1", 1));
        assertThat(ServerAddress.parse("::1", 2048)).hasToString("[::1]:2048");
        for (String text : List.of("", ":", ":1", "host:", "host:x", "host:0", "host:65536")) {
            assertThatThrownBy(() -> ServerAddress.parse(text, 2048)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void fingerprintsThatAreNoneAreRefused() {
        for (String text : List.of("", "ab", "zz".repeat(32), "ab".repeat(33))) {
            assertThatThrownBy(() -> ServerTrust.pinned(text)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
