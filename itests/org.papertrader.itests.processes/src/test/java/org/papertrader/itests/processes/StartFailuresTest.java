package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;

/** What cannot start says so in one clear line and ends. */
class StartFailuresTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aBusyPortIsOneClearLine() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerProcess master = ServerProcess.start(
                        "master",
                        Installation.home("master"),
                        folder,
                        List.of("org.papertrader.transport~master:port=" + busy.getLocalPort()))) {
            assertThat(master.awaitExit(LIMIT)).as(master::outputText).hasValue(4);
            assertThat(master.outputText()).contains("port " + busy.getLocalPort());
        }
    }

    @Test
    void aLockedDataDirectoryIsOneClearLine() throws Exception {
        int port = Ports.free();
        List<String> settings = List.of("org.papertrader.transport~master:port=" + port);
        try (ServerProcess first = ServerProcess.start("master", Installation.home("master"), folder, settings)) {
            first.awaitReady(LIMIT);
            try (ServerProcess second = ServerProcess.start("master", Installation.home("master"), folder, settings)) {
                assertThat(second.awaitExit(LIMIT)).as(second::outputText).hasValue(3);
                assertThat(second.outputText().lines().filter(line -> !line.isBlank()))
                        .hasSize(1);
            }
            assertThat(first.stop()).as(first::outputText).isZero();
        }
    }

    @Test
    @Tag("PRO-1")
    @Tag("OVR-2")
    void anAddressOtherThanLoopbackIsRefusedWithoutTls() throws Exception {
        try (ServerProcess master = ServerProcess.start(
                "master",
                Installation.home("master"),
                folder,
                List.of(
                        "org.papertrader.transport~master:address=0.0.0.0",
                        "org.papertrader.transport~master:tls=off"))) {
            assertThat(master.awaitExit(LIMIT)).as(master::outputText).hasValue(4);
            assertThat(master.outputText()).contains("loopback");
        }
    }

    @Test
    @Tag("PRO-1")
    void aCertificateThatIsNotThereIsOneClearLine() throws Exception {
        try (ServerProcess master = ServerProcess.start(
                "master",
                Installation.home("master"),
                folder,
                List.of("org.papertrader.transport~master:certificateFile=" + folder.resolve("none.pem")))) {
            assertThat(master.awaitExit(LIMIT)).as(master::outputText).hasValue(4);
            assertThat(master.outputText()).contains("there is no file " + folder.resolve("none.pem"));
        }
    }
}
