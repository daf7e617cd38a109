package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.jdbc.Batches;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PoolSettings;

/** That a commit survives the sudden end of the process, and that this is so because of how the file is opened. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class H2KillTest {
    private static final int COMMITS_BEFORE_KILL = 300;
    private static final int CONTROL_ROUNDS_MAX = 6;
    private static final int COMMITS_INTO_USED_SPACE = 300;
    private static final int COMMITS_BETWEEN_COPIES = 3;

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

    /**
     * What is in the file behind a commit is what a kill at that moment leaves. H2 puts new chunks into the space of dead
     * ones and finds the newest by a header of the file; versions of H2 that wrote a late header lost commits.
     */
    @Test
    void findsEveryCommitInAFileWhoseSpaceIsUsedAgain() throws IOException {
        // Space is used again at once, not after 45 s.
        try (JdbcStorage storage = open(H2Files.url(directory, 16) + ";RETENTION_TIME=0")) {
            LedgerStore ledger = storage.ledger();
            long epoch = ledger.takeEpoch();
            Batches batches = new Batches();
            for (long id = 1; id <= COMMITS_INTO_USED_SPACE; id++) {
                ledger.commit(epoch, batches.open(id, 1).take());
                if (id % COMMITS_BETWEEN_COPIES == 0) {
                    assertThat(reopened(H2Files.url(copy(id), 16)).lastOrderId())
                            .isEqualTo(id);
                }
            }
        }
    }

    private Path copy(long id) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("killed-" + id));
        String file = H2Files.NAME + ".mv.db";
        return Files.copy(directory.resolve(file), copy.resolve(file)).getParent();
    }

    /**
     * The control: without the setting, which {@link H2Files#url} always makes, the same test finds a loss, or a database
     * that holds the half of a commit.
     */
    @Test
    void losesAcknowledgedCommitsWithADelayedWrite() throws Exception {
        boolean harmed = false;
        for (int round = 0; round < CONTROL_ROUNDS_MAX && !harmed; round++) {
            String url = H2Files.url(directory.resolve("round" + round), 16).replace(";WRITE_DELAY=0", "");
            harmed = !isWhole(url, commitUntilKilled(url));
        }

        assertThat(harmed).as("acknowledged orders lost").isTrue();
    }

    private static boolean isWhole(String url, long acknowledged) {
        try (JdbcStorage storage = open(url)) {
            return storage.ledger().verify().intact() && storage.ledger().load().lastOrderId() >= acknowledged;
        } catch (StorageException e) {
            return false;
        }
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

    private static JdbcStorage open(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        source.setPassword("");
        return JdbcStorage.open(source, new H2Dialect(), new PoolSettings(2, Duration.ofSeconds(5)), Clock.systemUTC());
    }

    private static LedgerState reopened(String url) {
        try (JdbcStorage storage = open(url)) {
            LedgerStore ledger = storage.ledger();
            LedgerCheck check = ledger.verify();
            assertThat(check.intact()).as(check.text()).isTrue();
            return ledger.load();
        }
    }
}
