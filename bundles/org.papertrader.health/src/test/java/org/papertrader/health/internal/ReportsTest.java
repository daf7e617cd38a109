package org.papertrader.health.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Answer WELL =
            new Answer("disk", Set.of("ready"), Result.Status.OK, "9 GiB free", 1, Instant.EPOCH);
    private static final Answer LONG = new Answer(
            "a.name.that.is.longer.than.it.may.be",
            Set.of("ready", "live"),
            Result.Status.TEMPORARILY_UNAVAILABLE,
            "words ".repeat(30).strip(),
            2,
            Instant.EPOCH);

    @Test
    void aTableFitsATerminal() {
        String text = TextReport.of(new Report("master", Instant.EPOCH, List.of(LONG, WELL)));
        assertThat(text).startsWith("AWAY (master): 1 AWAY, 1 OK\nstatus   check                what it says\n");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(TextReport.WIDTH));
        assertThat(text).contains("OK       disk                 9 GiB free\n");
        assertThat(text.replaceAll("\\s+", " ")).contains("words ".repeat(30).strip());
    }

    @Test
    void theWorstComesFirst() {
        Answer stuck = new Answer("trading", Set.of("live"), Result.Status.CRITICAL, "stuck", 1, Instant.EPOCH);
        Answer slow = new Answer("link", Set.of("ready"), Result.Status.WARN, "slow", 1, Instant.EPOCH);
        Answer idle = new Answer("clock", Set.of("ready"), Result.Status.OK, "goes", 1, Instant.EPOCH);
        String text = TextReport.of(new Report("master", Instant.EPOCH, List.of(WELL, slow, idle, stuck)));
        assertThat(text.lines().skip(2).map(line -> line.substring(9).split(" ", 2)[0]))
                .containsExactly("trading", "link", "clock", "disk");
    }

    @Test
    void machinesGetJsonInOneLine() {
        assertThat(JsonReport.of(new Report("master", Instant.EPOCH, List.of(WELL))))
                .isEqualTo("{\"status\":\"OK\",\"role\":\"master\",\"at\":\"1970-01-01T00:00:00Z\",\"checks\":["
                        + "{\"name\":\"disk\",\"status\":\"OK\",\"message\":\"9 GiB free\",\"tags\":[\"ready\"],"
                        + "\"millis\":1,\"at\":\"1970-01-01T00:00:00Z\"}]}\n");
    }

    @Test
    void nothingIsCritical() {
        assertThat(TextReport.of(new Report("master", Instant.EPOCH, List.of())))
                .isEqualTo("CRITICAL (master): nothing is checked\n");
    }
}
