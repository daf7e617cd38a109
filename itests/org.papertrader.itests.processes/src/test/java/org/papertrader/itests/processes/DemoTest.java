package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.cli.Main;

/** The demo is the whole way: client, worker, master, storage, and back. */
class DemoTest {
    @Test
    @Tag("OVR-1")
    @Tag("OVR-4")
    @Tag("OVR-5")
    @Tag("MST-22")
    @Tag("PRO-10")
    @Tag("PRO-16")
    @Tag("WRK-5")
    @Tag("CARD-5")
    void theDemoPlaysATradersDayThroughBothProcesses() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(
                new String[] {
                    "demo",
                    "--master",
                    Installation.home("master").toString(),
                    "--worker",
                    Installation.home("worker").toString()
                },
                new PrintWriter(out),
                new PrintWriter(err));
        assertThat(code).as(out + "\n" + err).isZero();
        assertThat(out.toString())
                .contains("insufficientCash")
                .contains("unknownAsset")
                .contains("filled: sell 5 AAPL");
    }
}
