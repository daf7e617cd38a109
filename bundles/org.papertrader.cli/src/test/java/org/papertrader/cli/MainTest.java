package org.papertrader.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyCommandHasHelp() {
        for (String command : Main.commandLine(
                        new Main(new PrintWriter(out), new PrintWriter(err)),
                        new PrintWriter(out),
                        new PrintWriter(err))
                .getSubcommands()
                .keySet()) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
        assertThat(out.toString()).contains("Usage: papertrader client quote");
    }

    @Test
    void aWrongCommandLineSaysWhatIsWrong() {
        assertThat(run("buy", "AAPL")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString()).contains("QUANTITY");
    }

    @Test
    void withoutAServerTheExitCodeSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(run("--port", Integer.toString(port), "ping")).isEqualTo(ExitCodes.NO_CONNECTION);
        assertThat(err.toString()).contains("cannot connect to localhost:" + port);
    }

    private int run(String... args) {
        return Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
