package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.papertrader.storage.api.CommitResult;

/** How the schema comes to its newest version, and who may use it. */
public abstract class MigrationContract extends StorageContract {
    private static final String ADDS_A_TABLE = "-- oldest code: 1\nCREATE TABLE IF NOT EXISTS extra (id BIGINT);\n"
            + "ALTER TABLE account ADD COLUMN IF NOT EXISTS note VARCHAR(10);\n";
    private static final int CODE = Migrator.scripts().size();
    private static final String NEEDS_NEW_CODE =
            "-- oldest code: " + (CODE + 2) + "\nCREATE TABLE IF NOT EXISTS more (id BIGINT);\n";

    @Test
    void bringsASchemaToTheNextVersionAndKeepsItsRows() throws Exception {
        long epoch = storage.ledger().takeEpoch();
        storage.ledger().commit(epoch, new Batches().open(1, 1).take());

        migrate(ownAnd(ADDS_A_TABLE));

        assertThat(tamper("INSERT INTO extra (id) VALUES (1)")).isEqualTo(1);
        assertThat(storage.ledger().load().openOrders()).hasSize(1);
    }

    @Test
    void bringsVersionOneToThisCodesOwn() throws Exception {
        tamper("DROP TABLE worker_key");
        tamper("DELETE FROM schema_version WHERE version > 1");

        reopen();

        assertThat(tamper("DELETE FROM worker_key")).isZero();
    }

    @Test
    void letsThePreviousVersionGoOnAfterAnAddition() throws Exception {
        migrate(ownAnd(ADDS_A_TABLE));

        reopen();

        long epoch = storage.ledger().takeEpoch();
        assertThat(storage.ledger().commit(epoch, new Batches().open(1, 1).take()))
                .isEqualTo(new CommitResult.Committed());
    }

    @Test
    void refusesASchemaThatNeedsNewerCode() throws Exception {
        migrate(ownAnd(ADDS_A_TABLE, NEEDS_NEW_CODE));

        assertThatThrownBy(this::openAnother)
                .isInstanceOf(SchemaException.class)
                .hasMessage("the database has schema %d, which needs code for schema %d or newer; this is code for %d"
                        .formatted(CODE + 2, CODE + 2, CODE));
        assertThatThrownBy(() -> migrate(ownAnd(ADDS_A_TABLE))).isInstanceOf(SchemaException.class);
    }

    @Test
    void refusesASchemaWithAGap() throws SQLException {
        tamper("UPDATE schema_version SET version = 7 WHERE version = 1");

        assertThatThrownBy(this::openAnother)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("lacks version 1");
    }

    @Test
    void refusesTablesOfSomebodyElse() throws SQLException {
        tamper("DROP TABLE schema_version");

        assertThatThrownBy(this::openAnother)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("no schema version");
    }

    @Test
    void goesOnWhereAMigrationWasCutOff() throws Exception {
        migrate(ownAnd(ADDS_A_TABLE));
        tamper("DELETE FROM schema_version WHERE version = " + (CODE + 1));
        tamper("DROP TABLE extra");

        assertThatCode(() -> migrate(ownAnd(ADDS_A_TABLE))).doesNotThrowAnyException();
        assertThat(tamper("INSERT INTO extra (id) VALUES (1)")).isEqualTo(1);
    }

    private void migrate(List<String> scripts) {
        try (Database database = new Database(dataSource(), dialect(), new PoolSettings(2, Duration.ofSeconds(5)))) {
            new Migrator(database, Clock.systemUTC(), scripts).migrate();
        }
    }

    private static List<String> ownAnd(String... scripts) {
        return Stream.concat(Migrator.scripts().stream(), Stream.of(scripts)).toList();
    }
}
