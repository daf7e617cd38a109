package org.papertrader.shell.ssh.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.shell.console.Manuals;

/** When the shell listens, and when it does not. */
@Tag("CARD-9")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SshPortTest {
    private static final Duration MAX = Duration.ofSeconds(15);
    private static final Duration TWO_MORE_TRIES = Duration.ofMillis(4_500);

    @TempDir
    private Path folder;

    private SshShell shell;

    @AfterEach
    void stop() throws InterruptedException {
        shell.close();
    }

    private SshShell shell(int port) {
        return new SshShell(
                Manuals.of(List.of()),
                new CommandProcessorImpl(new ThreadIOImpl()),
                TestConfig.of(Map.of(
                        "port", port,
                        "authorizedKeysFile", keys().toString(),
                        "passwordsFile", folder.resolve("passwords").toString(),
                        "hostKeyFile", folder.resolve("host_key").toString(),
                        "auditFile", folder.resolve("audit.log").toString())));
    }

    private Path keys() {
        return folder.resolve("authorized_keys");
    }

    private void authorize() throws Exception {
        String key = PublicKeyEntry.toString(KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256)
                .getPublic());
        Files.writeString(keys(), key + " ada@home\n");
        Files.setPosixFilePermissions(keys(), PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void itListensOnlyWhileSomebodyMayLogIn() throws Exception {
        shell = shell(0);
        await().during(Duration.ofMillis(300)).until(() -> shell.port() == 0);
        authorize();
        await().atMost(MAX).until(() -> shell.port() != 0);
        Path host = folder.resolve("host_key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(host)))
                .isEqualTo("rw-------");
        String before = Files.readString(host);
        Files.delete(keys());
        await().atMost(MAX).until(() -> shell.port() == 0);
        authorize();
        await().atMost(MAX).until(() -> shell.port() != 0);
        assertThat(host).hasContent(before);
    }

    @Test
    void aPortThatIsTakenIsTriedAgainWithoutLeavingAnythingBehind() throws Exception {
        Set<Thread> before = channelThreads();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            authorize();
            shell = shell(other.getLocalPort());
            await().atMost(MAX).until(() -> shell.trouble().contains("Address already in use"));
            await().atMost(MAX).untilAsserted(() -> assertThat(channelThreads()).isSubsetOf(before));
        }
        await().atMost(MAX).until(() -> shell.port() != 0);
        assertThat(shell.trouble()).isEmpty();
    }

    @Test
    void thatThePortIsTakenIsSaidOnce() throws Exception {
        PrintStream standard = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            authorize();
            shell = shell(other.getLocalPort());
            await().atMost(MAX).until(() -> !shell.trouble().isEmpty());
            await().during(TWO_MORE_TRIES).atMost(MAX).until(() -> shell.port() == 0);
        } finally {
            System.setErr(standard);
        }
        assertThat(said.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("ERROR")))
                .singleElement()
                .asString()
                .contains("no shell over SSH on 127.0.0.1 port", "Address already in use");
    }

    @Test
    void whoNeverLogsInKeepsNobodyOut() throws Exception {
        authorize();
        shell = shell(0);
        await().atMost(MAX).until(() -> shell.port() != 0);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i <= Connections.ARRIVING_MAX; i++) {
                Socket one = new Socket(InetAddress.getLoopbackAddress(), shell.port());
                silent.add(one);
                one.setSoTimeout((int) MAX.toMillis());
                assertThat(new String(one.getInputStream().readNBytes(19), StandardCharsets.UTF_8))
                        .isEqualTo("SSH-2.0-PaperTrader");
            }
            // The one that has taken longest has made room.
            assertThat(silent.get(0).getInputStream().readAllBytes()).isNotNull();
            assertThat(folder.resolve("audit.log")).content().contains("wait to log in");
        } finally {
            for (Socket one : silent) {
                one.close();
            }
        }
    }

    private static Set<Thread> channelThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Stream.of(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().endsWith("Port$EventHandlerTask")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
