package org.papertrader.storage.h2.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.jdbc.JdbcStorage;
import org.papertrader.storage.jdbc.PlaceMark.State;

/**
 * A process that moves its database while it commits is killed in each step and at random moments: whichever directory
 * the next start is given, it finds the one database in use, with every acknowledged order and account.
 * {@code -Dpapertrader.kills=200} sets how many random ones, {@code -Dpapertrader.seed=N} repeats them.
 */
@Tag("CARD-6")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class MoveKillTest {
    private static final System.Logger LOG = System.getLogger(MoveKillTest.class.getName());
    private static final int KILLS = Integer.getInteger("papertrader.kills", 1);
    private static final long SEED = Long.getLong("papertrader.seed", System.nanoTime());

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARING",
                "COPYING",
                "COPYING.accepted_order",
                "COPYING.ledger_posting_page",
                "CATCHING_UP",
                "CHECKING",
                "CHECKING.ledger_history",
                "PAUSED",
                "FENCING"
            })
    void killedBeforeTheFenceItIsWhereItWas(String step) throws Exception {
        Acknowledged acknowledged = run(folder, step, -1);

        assertThat(check(folder, acknowledged, step)).isEqualTo(folder.resolve("old"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FENCED", "SWITCHED"})
    void killedBehindTheFenceItIsMoved(String step) throws Exception {
        Acknowledged acknowledged = run(folder, step, -1);

        assertThat(check(folder, acknowledged, step)).isEqualTo(folder.resolve("new"));
    }

    @Test
    void killedAtAnyMomentOneIsInUseAndHasEverything() throws Exception {
        Random random = new Random(SEED);
        int most = (int) run(folder.resolve("whole"), "", -1).moveMillis() * 5 / 4;
        int moved = 0;
        long orders = 0;
        for (int i = 0; i < KILLS; i++) {
            Path place = folder.resolve("kill" + i);
            int millis = random.nextInt(most);
            String what = "seed " + SEED + ", kill " + i + " after " + millis + " ms";
            Acknowledged acknowledged = run(place, "", millis);
            moved += check(place, acknowledged, what).equals(place.resolve("new")) ? 1 : 0;
            orders += acknowledged.orders();
        }
        LOG.log(
                System.Logger.Level.INFO,
                "{0} kills (seed {1}): {2} before the fence, {3} behind it; {4} orders acknowledged, all found",
                KILLS,
                String.valueOf(SEED),
                KILLS - moved,
                moved,
                orders);
    }

    /**
     * What the process said was committed.
     *
     * @param moveMillis how long a move took that was not killed
     */
    private record Acknowledged(long orders, long accounts, long moveMillis) {}

    private static Acknowledged run(Path place, String step, int millis) throws Exception {
        Process mover = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledMover.class.getName(),
                        place.resolve("old").toString(),
                        place.resolve("new").toString(),
                        step)
                .redirectError(new File("target", "killed-mover.log"))
                .start();
        long orders = 0;
        long accounts = 0;
        long begun = 0;
        long moveMillis = 0;
        try (BufferedReader lines = mover.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("order")) {
                    orders = Long.parseLong(words[1]);
                } else if (words[0].equals("account")) {
                    accounts = Long.parseLong(words[1]);
                } else if (words[0].equals("moving")) {
                    begun = System.nanoTime();
                    if (millis >= 0) {
                        killAfter(mover, millis);
                    }
                } else if (words[0].equals("moved") && millis < 0) {
                    moveMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
                    mover.toHandle().destroyForcibly();
                }
            }
        } finally {
            mover.destroyForcibly().waitFor();
        }
        return new Acknowledged(orders, accounts, moveMillis);
    }

    /** Through the handle, which leaves the pipe open: what is in it when the process dies was acknowledged too. */
    private static void killAfter(Process mover, int millis) {
        Thread killer = new Thread(() -> {
            try {
                mover.waitFor(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            mover.toHandle().destroyForcibly();
        });
        killer.start();
    }

    /** Starts on both directories as they were left; where the database in use is. */
    private static Path check(Path place, Acknowledged acknowledged, String what) throws Exception {
        Path old = place.resolve("old");
        Path fresh = place.resolve("new");
        Places.Opened opened = Engines.open(old);
        Path used = opened.directory();
        try (JdbcStorage storage = opened.storage()) {
            LedgerState state = storage.ledger().load();
            assertThat(state.lastOrderId())
                    .as("orders, %s", what)
                    .isBetween(acknowledged.orders(), acknowledged.orders() + 1);
            assertThat(state.openOrders().size() + state.recentKeys().size())
                    .as("each once, %s", what)
                    .isEqualTo((int) state.lastOrderId());
            assertThat(storage.accounts().count())
                    .as("accounts, %s", what)
                    .isBetween(acknowledged.accounts(), acknowledged.accounts() + 1);
            assertThat(storage.ledger().verify().intact()).as(what).isTrue();
        }
        if (used.equals(fresh)) {
            assertThat(JdbcStorage.mark(Engines.engine().source(old))
                            .orElseThrow()
                            .state())
                    .as(what)
                    .isEqualTo(State.MOVED);
            try (JdbcStorage storage = Engines.open(fresh).storage()) {
                assertThat(storage.ledger().load().lastOrderId()).isGreaterThanOrEqualTo(acknowledged.orders());
            }
        } else if (isMarked(fresh)) {
            assertThatThrownBy(() -> Engines.open(fresh))
                    .as(what)
                    .isInstanceOf(PlaceFailure.class)
                    .hasMessageContaining("unfinished copy of the one in " + old);
        }
        return used;
    }

    /** Killed before it was marked, it has no rows either, and nobody leads to it. */
    private static boolean isMarked(Path directory) throws Exception {
        return H2Files.exists(directory)
                && JdbcStorage.mark(Engines.engine().source(directory)).isPresent();
    }
}
