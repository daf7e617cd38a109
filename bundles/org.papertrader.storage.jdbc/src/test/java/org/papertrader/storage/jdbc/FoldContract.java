package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.Quantity;
import org.papertrader.model.Symbol;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.PositionRow;
import org.papertrader.storage.api.LedgerState;

/** That cash and positions are what the last commit left, whenever and by whomever they were folded. */
public abstract class FoldContract extends StorageContract {
    private static final int ACCOUNTS = 10;

    private long epoch;

    @BeforeEach
    final void takeEpoch() {
        epoch = storage.ledger().takeEpoch();
    }

    @Test
    void foldsInTheBackgroundAfterSomeCommits() throws SQLException {
        for (int version = 1; version <= Folder.COMMITS_BEFORE_FOLD; version++) {
            commit(version);
        }

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(number("SELECT COUNT(*) FROM ledger_cash")).isEqualTo(ACCOUNTS));
        assertThat(storage.ledger().load().accounts()).isEqualTo(cash(Folder.COMMITS_BEFORE_FOLD));
        assertThat(number("SELECT COUNT(*) FROM ledger_delta")).isZero();
    }

    @Test
    void foldsInTheBackgroundAfterManyRows() {
        List<CashRow> many = IntStream.rangeClosed(1, Folder.ROWS_BEFORE_FOLD)
                .mapToObj(account -> new CashRow(new AccountId(account), new Money(account), 1, 1))
                .toList();

        commit(many, List.of());

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(number("SELECT COUNT(*) FROM ledger_cash")).isEqualTo(Folder.ROWS_BEFORE_FOLD));
        assertThat(storage.ledger().load().accounts()).isEqualTo(many);
    }

    /** Others that write wait for each of them. */
    @Test
    void foldsManyRowsInManyTransactions() throws SQLException {
        List<CashRow> many = IntStream.rangeClosed(1, 20_000)
                .mapToObj(account -> new CashRow(new AccountId(account), new Money(account), 1, 1))
                .toList();
        commit(many, List.of());
        long before = number("SELECT folds FROM ledger_fold");

        assertThat(storage.ledger().load().accounts()).isEqualTo(many);

        assertThat(number("SELECT folds FROM ledger_fold") - before).isBetween(7L, 20L);
    }

    @Test
    void loadsTheNewestOfFoldedAndUnfoldedRows() {
        commit(1);
        storage.ledger().load();
        commit(2);
        commit(3);

        reopen();

        LedgerState state = storage.ledger().load();
        assertThat(state.accounts()).isEqualTo(cash(3));
        assertThat(state.positions()).isEqualTo(positions(3));
        assertThat(storage.ledger().load().accounts()).isEqualTo(cash(3));
    }

    @Test
    void keepsTheOpenOrdersWheneverTheyEnd() throws SQLException {
        Batches batches = new Batches();
        LongStream.rangeClosed(1, 300).forEach(id -> batches.open(id, 1));
        commit(batches);
        commit(batches.fill(7, 1, 1));
        assertThat(numbers(storage.ledger().load())).hasSize(299).doesNotContain(7L);
        assertThat(number("SELECT COUNT(*) FROM open_order")).isEqualTo(299);
        LongStream.rangeClosed(301, 310).forEach(id -> batches.open(id, 1));
        commit(batches);
        for (long id = 100; id <= 305; id++) {
            commit(batches.fill(id, 1, id));
        }

        reopen();

        assertThat(numbers(storage.ledger().load()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 310)
                        .filter(id -> id != 7 && (id < 100 || id > 305))
                        .boxed()
                        .toList());
        assertThat(number("SELECT COUNT(*) FROM open_order")).isEqualTo(103);
    }

    @Test
    void neverLosesTheNewestWhileTwoStoresFoldAtOnce() throws Exception {
        try (JdbcStorage other = openAnother()) {
            CompletableFuture<Integer> folds = CompletableFuture.supplyAsync(() -> {
                int count = 0;
                for (int version = 0; version < 200; count++) {
                    List<CashRow> seen = other.ledger().load().accounts();
                    version = seen.isEmpty() ? 0 : (int) seen.get(0).version();
                }
                return count;
            });
            for (int version = 1; version <= 200; version++) {
                commit(version);
                if (version % 10 == 0) {
                    assertThat(storage.ledger().load().accounts()).isEqualTo(cash(version));
                }
            }
            assertThat(folds.get(60, TimeUnit.SECONDS)).isPositive();
        }
        assertThat(storage.ledger().load().accounts()).isEqualTo(cash(200));
        assertThat(storage.ledger().load().positions()).isEqualTo(positions(200));
    }

    private void commit(Batches batches) {
        assertThat(storage.ledger().commit(epoch, batches.take())).isEqualTo(new CommitResult.Committed());
    }

    private static List<Long> numbers(LedgerState state) {
        return state.openOrders().stream().map(row -> row.order().id().value()).toList();
    }

    private void commit(int version) {
        commit(cash(version), positions(version));
    }

    private void commit(List<CashRow> cash, List<PositionRow> positions) {
        LedgerBatch batch = new LedgerBatch(List.of(), List.of(), List.of(), List.of(), cash, positions, null);
        assertThat(storage.ledger().commit(epoch, batch)).isEqualTo(new CommitResult.Committed());
    }

    private static List<CashRow> cash(int version) {
        return IntStream.rangeClosed(1, ACCOUNTS)
                .mapToObj(account ->
                        new CashRow(new AccountId(account), new Money(1_000L * account - version), version, version))
                .toList();
    }

    private static List<PositionRow> positions(int version) {
        return IntStream.rangeClosed(1, ACCOUNTS)
                .mapToObj(account -> new PositionRow(
                        new AccountId(account),
                        new Symbol("AAA"),
                        new Quantity(version),
                        new Money(10L * version),
                        new Money(-version)))
                .toList();
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }
}
