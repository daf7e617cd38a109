package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/** That a commit survives the sudden end of the process, and that this is so because of how the file is opened. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class H2KillTest {
    private static final int COMMITS_BEFORE_KILL = 300;
    private static final int CONTROL_ROUNDS_MAX = 6;

    @TempDir
    Path directory;

    @RepeatedTest(2)
    void findsEveryAcknowledgedCommitAfterAKill() throws Exception {
        String url = H2Files.url(directory, 16);

        long acknowledged = commitUntilKilled(url);

        LedgerState state = reopened(url);
        assertThat(acknowledged).isGreaterThanOrEqualTo(COMMITS_BEFORE_KILL);
        assertThat(state.lastOrderId()).isBetween(acknowledged, acknowledged + 1);
        assertThat(state.lastPostingSetId()).isBetween(acknowledged / 3, (acknowledged + 1) / 3);
        assertThat(state.accounts().get(0).version()).isEqualTo(state.lastPostingSetId());
        assertThat(state.openOrders().size() + state.recentKeys().size()).isEqualTo((int) state.lastOrderId());
    }

    /** The control: without the setting, which {@link H2Files#url} always makes, the same test finds a loss. */
    @Test
    void losesAcknowledgedCommitsWithADelayedWrite() throws Exception {
        long lost = 0;
        for (int round = 0; round < CONTROL_ROUNDS_MAX && lost == 0; round++) {
            String url = H2Files.url(directory.resolve("round" + round), 16).replace(";WRITE_DELAY=0", "");
            long acknowledged = commitUntilKilled(url);
            lost = Math.max(0, acknowledged - reopened(url).lastOrderId());
        }

        assertThat(lost).as("acknowledged orders lost").isPositive();
    }

    /** The highest order number that the writer said was committed. */
    private static long commitUntilKilled(String url) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWriter.class.getName(),
                        url)
                .redirectError(new File("target", "killed-writer.log"))
                .start();
        long acknowledged = 0;
        try (BufferedReader lines = writer.inputReader()) {
            // What is in the pipe when the writer dies was acknowledged too: read to the end.
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged = Long.parseLong(line);
                if (acknowledged == COMMITS_BEFORE_KILL) {
                    // Through the handle, which leaves the pipe open.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    private static LedgerState reopened(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        try (JdbcStorage storage = JdbcStorage.open(
                source, new H2Dialect(), new PoolSettings(2, Duration.ofSeconds(5)), Clock.systemUTC())) {
            LedgerStore ledger = storage.ledger();
            LedgerCheck check = ledger.verify();
            assertThat(check.intact()).as(check.text()).isTrue();
            return ledger.load();
        }
    }
}
