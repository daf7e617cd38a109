package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.papertrader.model.Email;
import org.papertrader.model.UserName;
import org.papertrader.storage.api.AccountStore.Added;
import org.papertrader.storage.api.AccountStore.NewAccount;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.jdbc.MoveProgress.Step;
import org.papertrader.storage.jdbc.PlaceMark.State;

/** How a storage that is in use is moved to another database, and copied. */
@Tag("CARD-6")
public abstract class MoveContract extends StorageContract {
    private static final String OLD = "the old place";
    private static final String NEW = "the new place";
    private static final PoolSettings POOL = new PoolSettings(8, Duration.ofSeconds(20));

    @TempDir
    Path folder;

    /** Another database, which is made when it is first opened. */
    protected abstract DataSource other();

    @Test
    void movesAllThatEveryStoreHasAndWhatIsWrittenInEachStep() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(5);
        MoveScript script = new MoveScript();
        for (Step step : new Step[] {Step.PREPARING, Step.COPYING, Step.CATCHING_UP, Step.CHECKING}) {
            script.at(step, () -> writer.rounds(4));
        }

        move(script);
        writer.rounds(3);
        Map<String, Table.Sum> moved = TableSums.of(other());
        reopenAt(other());

        assertThat(writer.rounds()).isGreaterThanOrEqualTo(5 + 4 * 4 + 3);
        assertThat(TableSums.of(other())).isEqualTo(moved);
        assertThat(storage.ledger().verify().intact()).isTrue();
        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(writer.lastOrder());
        assertThat(storage.accounts().count()).isEqualTo(2 * writer.rounds());
        assertThat(storage.market().state("clock")).contains("round " + writer.rounds());
        assertThat(storage.workers().all()).hasSize(2);
        assertThat(folder).isEmptyDirectory();
    }

    /** The control for the one above: equal sums mean equal rows. */
    @Test
    void sumsTellOneRowFromAnother() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(2);
        Map<String, Table.Sum> before = TableSums.of(dataSource());

        tamper("UPDATE market_state SET content = 'round 3' WHERE name = 'clock'");

        assertThat(TableSums.of(dataSource()))
                .isNotEqualTo(before)
                .containsKeys("ledger_history", "account", "user_session");
    }

    @Test
    void movesUnderLoadWithoutThatAnyoneIsRefused() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(10);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                writer.round();
                storage.ledger().sync();
            }
        });
        CompletableFuture<Void> reads = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                storage.accounts().count();
                storage.ledger().unsettledIntervals();
            }
        });

        Duration pause = move(new MoveScript());
        long after = writer.rounds();
        while (writer.rounds() < after + 5 && !load.isDone()) {
            Thread.onSpinWait();
        }
        stop.set(true);
        load.join();
        reads.join();
        reopenAt(other());

        assertThat(pause).isLessThan(Duration.ofSeconds(10));
        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(writer.lastOrder());
        assertThat(storage.ledger().verify().intact()).isTrue();
        assertThat(storage.accounts().count()).isEqualTo(2 * writer.rounds());
    }

    @Test
    void foldsMeanwhileAreFoldedThereToo() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(5);

        move(new MoveScript().at(Step.COPYING, () -> {
            writer.rounds(5);
            storage.ledger().load();
            writer.rounds(5);
        }));

        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(writer.lastOrder());
        assertThat(storage.ledger().load().openOrders()).hasSize((int) writer.lastOrder() / 2);
    }

    @Test
    void givesNumbersThatNobodyHad() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(3);

        move(new MoveScript());

        assertThat(add("newcomer")).isInstanceOf(Added.Ok.class);
        assertThat(storage.accounts().count()).isEqualTo(7);
    }

    @Test
    void theOldDatabaseSaysWhereItWentAndTakesNoWriter() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(2);
        long epoch = storage.summary().epoch();

        move(new MoveScript());
        writer.rounds(1);

        assertThatThrownBy(this::openAnother).isInstanceOfSatisfying(PlaceException.class, e -> {
            assertThat(e.mark().state()).isEqualTo(State.MOVED);
            assertThat(e.mark().other()).isEqualTo(NEW);
        });
        assertThat(storage.summary().epoch()).as("the writer goes on").isEqualTo(epoch);
        assertThat(commitToOld(epoch)).isEqualTo(new CommitResult.Fenced());
        assertThat(JdbcStorage.mark(other()).orElseThrow().state()).isEqualTo(State.IN_USE);
    }

    /** Code of the version before knows no marks, but it looks which code the schema needs. */
    @Test
    void theOldDatabaseIsRefusedByOlderCodeToo() throws Exception {
        move(new MoveScript());

        assertThat(tamper("UPDATE schema_version SET version = version WHERE oldest_code > 1000000"))
                .isEqualTo(Migrator.scripts().size());
        try (Connection connection = other().getConnection()) {
            assertThat(Sql.list(connection, "SELECT MAX(oldest_code) FROM schema_version", Sql.Binder.NONE, Row::small))
                    .containsExactly(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PREPARING", "COPYING", "CATCHING_UP", "CHECKING", "PAUSED"})
    void cancelledInAnyStepItGoesOnWhereItWas(Step step) throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(3);
        MoveScript script = new MoveScript();
        script.at(step, script::cancel);

        assertThatThrownBy(() -> move(script))
                .isInstanceOf(MoveException.class)
                .hasMessageContaining("cancelled; nothing was changed");

        writer.rounds(3);
        assertThat(folder).isEmptyDirectory();
        reopen();
        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(writer.lastOrder());
        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.IN_USE);
        assertThat(step == Step.PREPARING ? State.UNFINISHED : stateOfOther()).isEqualTo(State.UNFINISHED);
    }

    /** Behind the fence there is no way back. */
    @Test
    void cancelledTooLateItIsMoved() throws Exception {
        EveryStore writer = new EveryStore(storage);
        MoveScript script = new MoveScript();
        script.at(Step.FENCED, script::cancel);

        assertThatCode(() -> move(script)).doesNotThrowAnyException();

        writer.rounds(1);
        reopenAt(other());
        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(writer.lastOrder());
    }

    @ParameterizedTest
    @EnumSource(names = {"CATCHING_UP", "CHECKING", "PAUSED"})
    void aCopyThatIsNotEqualIsNotUsed(Step step) throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(3);
        MoveScript script = new MoveScript();
        script.at(step, () -> inOther("DELETE FROM user_session"));

        assertThatThrownBy(() -> move(script)).isInstanceOf(MoveException.class).hasMessageContaining("user_session");

        writer.rounds(1);
        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.IN_USE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CATCHING_UP", "CHECKING", "PAUSED"})
    void aTargetThatFailsIsNotUsed(Step step) throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(2);
        MoveScript script = new MoveScript();
        script.at(step, () -> inOther("DROP TABLE market_state"));

        assertThatThrownBy(() -> move(script)).isInstanceOf(MoveException.class);

        writer.rounds(1);
        assertThat(folder).isEmptyDirectory();
        assertThat(JdbcStorage.mark(dataSource()).orElseThrow().state()).isEqualTo(State.IN_USE);
    }

    @Test
    void aPlaceForTheChangesThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> new StorageMove(storage, OLD, Clock.systemUTC(), new MoveScript())
                        .move(target(), folder.resolve("none/changes")))
                .isInstanceOf(MoveException.class)
                .hasMessageContaining("none/changes");
        new EveryStore(storage).round();
    }

    @Test
    void aCopyWithAsManyButOtherRowsIsNotUsed() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(2);
        MoveScript script = new MoveScript();
        script.at(Step.CATCHING_UP, () -> inOther("UPDATE account SET pass_hash = 'mine' WHERE id = 1"));

        assertThatThrownBy(() -> move(script)).hasMessageContaining("the copy of account is not equal");

        writer.rounds(1);
    }

    @Test
    void aChangedLedgerIsNotUsed() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(3);
        MoveScript script = new MoveScript();
        script.at(Step.PAUSED, () -> inOther("UPDATE ledger_head SET last_set = last_set - 1"));

        assertThatThrownBy(() -> move(script)).hasMessageContaining("the ledger of the copy ends elsewhere");

        writer.rounds(1);
    }

    /** The same statements must have the same effects. */
    @Test
    void aChangeWithAnotherEffectInTheCopyIsNoticed() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(3);
        MoveScript script = new MoveScript();
        script.at(Step.CHECKING, () -> {
            inOther("DELETE FROM worker_server");
            writer.rounds(1);
        });

        assertThatThrownBy(() -> move(script)).hasMessageContaining("worker_server");
    }

    @Test
    void whenAnotherHasTheDatabaseOpenItStays() throws Exception {
        EveryStore writer = new EveryStore(storage);
        try (JdbcStorage another = openAnother()) {
            assertThat(another.accounts().count()).isZero();

            assertThatThrownBy(() -> move(new MoveScript()))
                    .hasMessageContaining("another version of this one, has the database open");
        }
        writer.rounds(1);
    }

    @Test
    void anUnfinishedCopyIsNotUsedUnlessItsOriginalSaysSo() throws Exception {
        MoveScript script = new MoveScript();
        script.at(Step.FENCING, () -> {
            throw new Killed();
        });
        assertThatThrownBy(() -> move(script)).isInstanceOf(Killed.class);
        assertThatThrownBy(() -> reopenAt(other()))
                .isInstanceOfSatisfying(
                        PlaceException.class, e -> assertThat(e.mark().state()).isEqualTo(State.UNFINISHED));

        PlaceMark wrong = new PlaceMark(State.MOVED, UUID.randomUUID(), NEW, NOW);
        JdbcStorage.finishMove(other(), dialect(), Clock.systemUTC(), wrong);
        assertThat(stateOfOther()).isEqualTo(State.UNFINISHED);

        PlaceMark right = JdbcStorage.mark(other()).orElseThrow();
        JdbcStorage.finishMove(other(), dialect(), Clock.systemUTC(), right);
        assertThat(stateOfOther()).isEqualTo(State.IN_USE);
    }

    @Test
    void aBackupIsOfOneMomentAndCanBeUsed() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(5);
        long last = writer.lastOrder();
        Map<String, Table.Sum> before = TableSums.of(dataSource());
        MoveScript script = new MoveScript().at(Step.COPYING, () -> writer.rounds(5));

        new StorageMove(storage, OLD, Clock.systemUTC(), script).copy(target());

        assertThat(TableSums.of(other())).isEqualTo(before);
        writer.rounds(1);
        reopenAt(other());
        assertThat(storage.ledger().load().lastOrderId()).isEqualTo(last);
        assertThat(storage.ledger().verify().intact()).isTrue();
        assertThat(add("newcomer")).isInstanceOf(Added.Ok.class);
    }

    @Test
    void aCommitOfAnOlderWriterIsRefusedAfterTheMoveToo() throws Exception {
        long older = storage.ledger().takeEpoch();
        storage.ledger().takeEpoch();

        move(new MoveScript());

        assertThat(storage.ledger().commit(older, new Batches().open(1, 1).take()))
                .isEqualTo(new CommitResult.Fenced());
    }

    @Test
    void goesOnWithOtherConnections() throws Exception {
        EveryStore writer = new EveryStore(storage);
        writer.rounds(1);

        assertThat(storage.reconnect(dataSource(), new PoolSettings(2, Duration.ofSeconds(5))))
                .isTrue();

        writer.rounds(1);
        assertThat(storage.accounts().count()).isEqualTo(4);
    }

    private Duration move(MoveScript script) throws MoveException {
        return new StorageMove(storage, OLD, Clock.systemUTC(), script).move(target(), folder.resolve("changes"));
    }

    private MoveTarget target() {
        return new MoveTarget(NEW, other(), POOL);
    }

    private void reopenAt(DataSource source) {
        storage.close();
        storage = JdbcStorage.open(source, dialect(), POOL, Clock.systemUTC());
    }

    private Added add(String name) {
        return storage.accounts().add(new NewAccount(new UserName(name), new Email(name + "@example.org"), null, NOW));
    }

    private CommitResult commitToOld(long epoch) {
        try (Database old = new Database(dataSource(), dialect(), POOL)) {
            return old.write("commit", connection -> new BatchWriter(dialect())
                    .write(connection, epoch, new Batches().open(1_000, 1).take()));
        }
    }

    private State stateOfOther() throws SQLException {
        return JdbcStorage.mark(other()).orElseThrow().state();
    }

    private void inOther(String sql) {
        try (Connection connection = other().getConnection();
                Statement statement = connection.createStatement()) {
            int rows = statement.executeUpdate(sql);
            assertThat(sql.startsWith("DROP") ? 1 : rows).isPositive();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Stands for the end of the process. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
