package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.cli.ServerProcess;

/** What an operator finds in the log of a program: no alarm about what is ordinary, and the reason of what is not. */
@Tag("MST-3")
class LogOfADayTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void anOrdinaryStartAndStopAreTheFirstAndTheLastEntryAndNothingWarns() throws Exception {
        int port = Ports.free();
        List<String> settings = Ports.standalone(port, Ports.free());
        try (ServerProcess standalone =
                ServerProcess.start("standalone", Installation.home("standalone"), folder, settings)) {
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(log()).contains(" - linked to the master at 127.0.0.1:" + port));
            assertThat(standalone.stop()).as(standalone::outputText).isZero();
        }
        List<String> lines = log().lines().toList();
        assertThat(lines.get(0))
                .containsPattern(
                        " - PaperTrader standalone [^ ]+ starts: process [0-9]+, Java [^ ]+, data in " + folder);
        assertThat(lines).anyMatch(line -> line.endsWith(" - the program stops"));
        assertThat(lines).noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }

    @Test
    void aProgramThatEndsByItselfSaysWhy() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ServerProcess master = ServerProcess.start(
                        "master",
                        Installation.home("master"),
                        folder,
                        List.of("org.papertrader.transport~master:port=" + busy.getLocalPort()))) {
            assertThat(master.awaitExit(LIMIT)).as(master::outputText).hasValue(4);
            assertThat(log())
                    .containsPattern("ERROR .* - the program ends, as it cannot do its work: .*" + busy.getLocalPort());
        }
    }

    private String log() throws IOException {
        Path file = folder.resolve("log/papertrader.log");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
