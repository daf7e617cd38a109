package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest implements Announcer {
    @TempDir
    private Path folder;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private final Queue<String> identities = new ConcurrentLinkedQueue<>();
    private final EventLoops loops = new EventLoops(EventLoops.preferred(), 1);
    private final ClientPort port = new ClientPort("worker", Limits.standard());
    private final Listener listener = new Listener(loops, port, new Acceptors(), false);
    private final Door door = new Door("worker", listener, loops.handshakes(), this);
    private volatile int number;

    @Override
    public void ready(String what, int newNumber) {
        number = newNumber;
        said.add("ready: " + what);
    }

    @Override
    public void identity(String fingerprint) {
        identities.add(fingerprint);
    }

    @Override
    public void fatal(String line) {
        said.add("fatal: " + line);
    }

    @AfterEach
    void close() {
        door.close();
        listener.close();
        loops.stop();
    }

    private static TransportConfig config(String side, String address, int port) {
        return Configs.of(Map.of("side", side, "address", address, "port", port, "tls", "off"));
    }

    private TransportConfig tlsConfig(String address, int port) {
        return Configs.of(Map.of(
                "side",
                "worker",
                "address",
                address,
                "port",
                port,
                "certificateDirectory",
                folder.resolve("tls").toString()));
    }

    private String heard() {
        await().until(() -> !said.isEmpty());
        return said.remove();
    }

    @Test
    @Tag("WRK-1")
    @Tag("MST-3")
    void opensOnlyWhenPermittedAndTellsWhere() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        door.configure(config("worker", "127.0.0.1", free));
        assertThat(door.where()).isEqualTo("not open");
        assertThat(said).isEmpty();
        assertThatThrownBy(() -> new RawClient(free)).hasRootCauseInstanceOf(ConnectException.class);
        // Another one may have taken that port by now.
        door.configure(config("worker", "127.0.0.1", 0));
        door.permit();

        assertThat(heard()).isEqualTo("ready: clients on 127.0.0.1:" + number);
        port.bindCodec(Frames.CODEC, Map.of());
        try (FakeHandler handler = new FakeHandler();
                RawClient client = new RawClient(number)) {
            port.bindHandler(handler, Map.of());
            assertThat(client.send(Frames.ping(1)).next(1)).hasSize(1);
        }
    }

    @Test
    void theMastersPortIsForWorkersToo() {
        door.permit();
        door.configure(config("master", "localhost", 0));

        assertThat(heard()).isEqualTo("ready: workers and clients on 127.0.0.1:" + number);
    }

    @Test
    void aBusyPortIsOneClearLine() {
        door.permit();
        door.configure(config("worker", "127.0.0.1", 0));
        heard();
        Listener other = new Listener(loops, new ClientPort("worker", Limits.standard()), new Acceptors(), false);
        Door second = new Door("worker", other, loops.handshakes(), this);
        second.configure(config("worker", "127.0.0.1", number));
        second.permit();

        assertThat(heard())
                .isEqualTo("fatal: port " + number + " on 127.0.0.1 is in use: stop the other program or set "
                        + "org.papertrader.transport~worker:port");
        other.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    @Tag("PRO-1")
    void withoutTlsOnlyLoopbackIsListenedOn(String address) {
        door.permit();
        door.configure(config("worker", address, 0));

        assertThat(heard())
                .startsWith("fatal: org.papertrader.transport~worker:address=" + address + " is refused: without TLS");
        assertThat(said).isEmpty();
    }

    static Stream<TransportConfig> wrong() {
        return Stream.of(
                config("client", "127.0.0.1", 0),
                config("", "127.0.0.1", 0),
                Configs.of(Map.of("side", "worker", "tls", "yes")),
                Configs.of(Map.of("side", "worker", "port", 0, "keyFile", "key.pem")),
                Configs.of(Map.of("side", "worker", "port", 0, "certificateFile", "/nowhere/certificate.pem")),
                Configs.of(Map.of(
                        "side",
                        "worker",
                        "port",
                        0,
                        "certificateDirectory",
                        "/proc/nowhere",
                        "certificateHosts",
                        new String[] {"300.1.2.3"})),
                config("worker", "127.0.0.1", 70_000),
                config("worker", "127.0.0.1", -2));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongConfigurationIsOneClearLine(TransportConfig config) {
        door.permit();
        door.configure(config);

        assertThat(heard()).startsWith("fatal: ").doesNotContain("\n");
    }

    @Test
    void anotherPortIsOpenedWhileConnectionsStay() {
        door.permit();
        door.configure(config("worker", "127.0.0.1", 0));
        heard();
        int first = number;
        port.bindCodec(Frames.CODEC, Map.of());
        try (FakeHandler handler = new FakeHandler();
                RawClient client = new RawClient(first)) {
            port.bindHandler(handler, Map.of());
            client.send(Frames.ping(1)).next(1);
            door.configure(config("worker", "127.0.0.2", 0));
            heard();

            assertThat(client.send(Frames.ping(2)).next(1)).hasSize(1);
            assertThat(door.where()).startsWith("127.0.0.2:");
        }
    }

    @Test
    @Tag("PRO-1")
    void withTlsAnyAddressIsListenedOnAndTheFingerprintIsShown() {
        door.configure(tlsConfig("0.0.0.0", 0));
        door.permit();

        String line = heard();
        assertThat(line)
                .matches("ready: clients on 0.0.0.0:" + number + ", certificate SHA-256 [0-9a-f]{64}")
                .endsWith(TlsSockets.fingerprint(number));
        assertThat(identities).containsExactly(line.substring(line.length() - 64));
    }

    @Test
    void theCertificateThatWasMadeIsKeptForItsOwnerOnly() throws Exception {
        door.configure(tlsConfig("127.0.0.1", 0));
        door.permit();
        String first = heard();
        Path file = folder.resolve("tls").resolve("worker.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Listener other = new Listener(loops, new ClientPort("worker", Limits.standard()), new Acceptors(), false);
        Door restarted = new Door("worker", other, loops.handshakes(), this);
        restarted.permit();
        restarted.configure(tlsConfig("127.0.0.1", 0));

        assertThat(heard().substring(first.length() - 64)).isEqualTo(first.substring(first.length() - 64));
        restarted.close();
        other.close();
    }

    @Test
    void tlsIsSwitchedOffAndOnWhileTheProgramRuns() {
        door.permit();
        door.configure(tlsConfig("127.0.0.1", 0));
        String fingerprint = heard().replaceAll(".*SHA-256 ", "");
        door.configure(config("worker", "127.0.0.1", 0));
        assertThat(heard()).doesNotContain("SHA-256");
        door.configure(tlsConfig("127.0.0.1", 0));
        assertThat(heard()).endsWith(fingerprint);

        assertThat(identities).containsExactly(fingerprint, "", fingerprint);
    }
}
