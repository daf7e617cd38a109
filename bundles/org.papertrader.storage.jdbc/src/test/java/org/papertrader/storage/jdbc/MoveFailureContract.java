package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.papertrader.model.AccountId;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.Added;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.StorageException;
import org.papertrader.storage.jdbc.MoveProgress.Step;
import org.papertrader.storage.jdbc.PlaceMark.State;

/** What a move does when something fails around the fence: one database is in use, and has everything. */
@Tag("CARD-6")
public abstract class MoveFailureContract extends StorageContract {
    private static final PoolSettings POOL = new PoolSettings(4, Duration.ofSeconds(20));
    private static final Duration SLOW_DISK = Duration.ofMillis(1_200);
    private static final String DEAD = "the disk is dead";

    @TempDir
    Path folder;

    private final Faults faults = new Faults();
    private final Faults others = new Faults();
    private JdbcStorage moving;
    private AccountId ann;

    /** Another database, which is made when it is first opened. */
    protected abstract DataSource other();

    @BeforeEach
    void openWithFaults() {
        storage.close();
        moving = JdbcStorage.open(faults.over(dataSource()), faults.over(dialect()), POOL, Clock.systemUTC());
        ann = add("ann");
    }

    @AfterEach
    void closeWithFaults() {
        faults.off();
        others.off();
        moving.close();
    }

    @Test
    void aFenceThatIsWrittenAndToldAsAFailureIsFound() throws Exception {
        afterTheFence(new SQLException(DEAD), true);

        move(new MoveScript());

        requireMoved();
    }

    @Test
    void withoutMemoryToTellThatTheFenceIsWrittenItIsMoved() throws Exception {
        afterTheFence(new OutOfMemoryError("tried"), false);

        move(new MoveScript());

        requireMoved();
    }

    /** The old database may say that it is no more: nobody may write to it, by whatever way. */
    @Test
    void whenNobodyKnowsWhetherTheFenceIsWrittenNobodyWrites() throws Exception {
        MoveScript script = new MoveScript();
        script.at(
                Step.FENCING,
                () -> faults.on((method, first) -> {
                    if (method.equals("commit") || method.equals("getConnection")) {
                        throw new SQLException(DEAD);
                    }
                }));

        assertThatThrownBy(() -> move(script)).isInstanceOf(MoveException.class);
        faults.off();

        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.MOVED);
        assertThatThrownBy(() -> add("bob")).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> moving.reconnect(dataSource(), POOL)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> add("bob")).isInstanceOf(StorageException.class);
    }

    @Test
    void anOldDatabaseThatCannotBeClosedIsLeft() throws Exception {
        MoveScript script = new MoveScript().at(Step.SWITCHED, () -> failTheCloseOf(faults));

        move(script);

        requireMoved();
    }

    @Test
    void connectionsThatCannotBeClosedDoNotUndoTheMove() throws Exception {
        MoveScript script = new MoveScript().at(Step.SWITCHED, () -> failTheCloseOf(others));

        move(script);

        requireMoved();
    }

    @Test
    void changesThatCannotBeDeletedDoNotUndoTheMove() throws Exception {
        MoveScript script = new MoveScript().at(Step.SWITCHED, () -> {
            try {
                Files.delete(folder.resolve("changes"));
                Files.createDirectories(folder.resolve("changes/not empty"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        move(script);

        requireMoved();
    }

    @ParameterizedTest
    @EnumSource(names = {"FENCED", "SWITCHED"})
    void withoutMemoryBehindTheFenceItIsMoved(Step step) throws Exception {
        MoveScript script = new MoveScript().at(step, () -> {
            throw new OutOfMemoryError("tried");
        });

        move(script);

        requireMoved();
    }

    /** A file channel is closed by the interrupt of whoever writes to it. */
    @Test
    void aChangeThatCouldNotBeKeptEndsTheMove() throws Exception {
        MoveScript script = new MoveScript();
        script.at(
                Step.CHECKING,
                () -> script.at(Step.CATCHING_UP, () -> {
                    Thread.currentThread().interrupt();
                    try {
                        moving.accounts().replacePassHash(ann, "old", "new");
                    } finally {
                        assertThat(Thread.interrupted()).isTrue();
                    }
                }));

        assertThatThrownBy(() -> move(script))
                .isInstanceOf(MoveException.class)
                .hasMessageContaining("the changes made meanwhile could not be kept");

        add("bob");
        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.IN_USE);
        assertThat(moving.accounts().find(ann).orElseThrow().passHash()).isEqualTo("new");
    }

    @Test
    void aSnapshotOfAMoveThatFailsLeavesNoConnection() {
        requireNoConnectionOfAFailedSnapshot(() -> move(new MoveScript()));
    }

    @Test
    void aSnapshotOfABackupThatFailsLeavesNoConnection() {
        requireNoConnectionOfAFailedSnapshot(() -> new StorageMove(moving, "old", Clock.systemUTC(), new MoveScript())
                .copy(new MoveTarget("new", other(), POOL)));
    }

    /** Putting the copy on disk takes longest in the pause. */
    @Test
    void whoOpensTheDatabaseWhileTheCopyIsPutOnDiskIsSeen() throws Exception {
        AtomicReference<Connection> another = new AtomicReference<>();
        MoveScript script = new MoveScript()
                .at(
                        Step.PAUSED,
                        () -> faults.on((method, first) -> {
                            if (method.equals("force") && another.get() == null) {
                                another.set(dataSource().getConnection());
                            }
                        }));

        assertThatThrownBy(() -> move(script)).hasMessageContaining("has the database open");

        another.get().close();
        add("bob");
    }

    @Test
    void aCopyThatIsPutOnDiskForTooLongIsTriedAgain() throws Exception {
        AtomicBoolean slow = new AtomicBoolean();
        AtomicInteger fencedIn = new AtomicInteger();
        MoveScript script = new MoveScript()
                .at(
                        Step.PAUSED,
                        () -> faults.on((method, first) -> {
                            if (method.equals("force") && slow.compareAndSet(false, true)) {
                                takeLongerThanAPause();
                            }
                        }));
        script.at(Step.FENCING, () -> fencedIn.set(script.pauses()));

        move(script);

        assertThat(slow).isTrue();
        // In the second, unless this machine's own disk is as slow in that.
        assertThat(fencedIn).hasValueGreaterThan(1);
        requireMoved();
    }

    private void afterTheFence(Throwable failure, boolean closeFails) {
        faults.on((method, first) -> {
            if (method.equals("prepareStatement") && String.valueOf(first).contains("epoch = epoch + 1")) {
                faults.on((next, argument) -> {
                    if (next.equals("commit")) {
                        faults.off();
                        if (closeFails) {
                            failTheCloseOf(faults);
                        }
                        throwIt(failure);
                    }
                });
            }
        });
    }

    private static void throwIt(Throwable failure) throws SQLException {
        if (failure instanceof SQLException e) {
            throw e;
        }
        throw (Error) failure;
    }

    private static void failTheCloseOf(Faults database) {
        database.on((method, first) -> {
            if (method.equals("close")) {
                throw new SQLException(DEAD);
            }
        });
    }

    private void requireNoConnectionOfAFailedSnapshot(ThrowingCallable work) {
        int before = faults.open();
        faults.on((method, first) -> {
            if (method.equals("snapshot")) {
                throw new SQLException(DEAD);
            }
        });

        assertThatThrownBy(work).isInstanceOf(MoveException.class).hasMessageContaining(DEAD);

        assertThat(faults.open()).isEqualTo(before);
    }

    private void requireMoved() throws SQLException {
        add("bob");
        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.MOVED);
        try (JdbcStorage other = JdbcStorage.open(other(), dialect(), POOL, Clock.systemUTC())) {
            assertThat(other.accounts().count()).isEqualTo(2);
        } catch (PlaceException e) {
            // Not marked: the next start does that, and then finds both.
            JdbcStorage.finishMove(
                    other(),
                    dialect(),
                    Clock.systemUTC(),
                    JdbcStorage.mark(dataSource()).orElseThrow());
            try (JdbcStorage other = JdbcStorage.open(other(), dialect(), POOL, Clock.systemUTC())) {
                assertThat(other.accounts().count()).isEqualTo(2);
            }
        }
    }

    private Duration move(MoveScript script) throws MoveException {
        return new StorageMove(moving, "old", Clock.systemUTC(), script)
                .move(new MoveTarget("new", others.over(other()), POOL), folder.resolve("changes"));
    }

    private AccountId add(String name) {
        Added added =
                moving.accounts().add(new NewAccount(new UserName(name), new Email(name + "@example.org"), "old", NOW));
        return ((Added.Ok) added).id();
    }

    private static void takeLongerThanAPause() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < SLOW_DISK.toNanos()) {
            Thread.onSpinWait();
        }
    }
}
