package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.model.AccountId;
import org.papertrader.model.Money;
import org.papertrader.model.OrderId;
import org.papertrader.model.OrderStatus;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch.CashRow;
import org.papertrader.storage.api.LedgerBatch.OrderRow;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.LedgerState;
import org.papertrader.storage.api.LedgerStore;
import org.papertrader.storage.api.PostingHash;

/** That a database of schema version 1, with orders in each of their states, goes on under this code. */
public abstract class VersionOneContract {
    private static final AccountId ANN = new AccountId(1);
    private static final int SETS = 100;
    private static final String ORDER = "INSERT INTO trade_order (id, account, side, symbol, quantity, client_order_id,"
            + " issued, accepted, accepted_market, reserved, status, reason_code, reason_text, closed_at, worker,"
            + " worker_sequence, corrected) VALUES (?, 1, 1, 'AAA', 150000000, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String LINE = "INSERT INTO ledger_history (account, id, kind, order_id, symbol, quantity,"
            + " price, cash_effect, outcome, reason_code, reason_text, issued, accepted, completed, completed_market,"
            + " price_time, price_source) VALUES (1, ?, 1, ?, 'AAA', 150000000, 0, 0, ?, ?, ?, ?, ?, ?, ?, NULL, '')";

    /** The same database whenever it is called within one test; empty at its first call. */
    protected abstract DataSource dataSource();

    protected abstract Dialect dialect();

    @BeforeEach
    final void writeVersionOne() throws SQLException {
        try (Database database = new Database(dataSource(), dialect(), new PoolSettings(2, Duration.ofSeconds(5)))) {
            new Migrator(database, Clock.systemUTC(), Migrator.scripts().subList(0, 1)).migrate();
        }
        try (Connection connection = dataSource().getConnection()) {
            order(connection, 1, 1, null, Batches.AT.plusSeconds(2));
            order(connection, 2, 0, null, null);
            Refusal reason = Refusal.of(ReasonCode.CANCELLED_BY_USER);
            order(connection, 3, 3, reason, Batches.AT.plusSeconds(2));
            order(connection, 4, 0, null, null);
            line(connection, 1, 1, 1, null);
            line(connection, 2, 3, 3, reason);
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO open_order (id) VALUES (2), (4)");
            }
            postings(connection);
            // What version 1 appended and had not folded yet.
            Sql.update(connection, "INSERT INTO ledger_delta (content) VALUES (?)", p -> p.add(cashOfVersionOne()));
        }
    }

    @Test
    void keepsOpenOrdersKeysAndCash() {
        try (JdbcStorage storage = open()) {
            LedgerState state = storage.ledger().load();

            assertThat(state.openOrders()).containsExactly(Batches.row(2, 1, "c2"), Batches.row(4, 1, "c4"));
            assertThat(state.recentKeys())
                    .extracting(row -> row.order().id())
                    .containsExactly(new OrderId(3), new OrderId(1));
            assertThat(state.recentKeys().get(1))
                    .isEqualTo(new OrderRow(Batches.filled(1, 1), Batches.WORKER, 1, Batches.AT.plusNanos(3_000)));
            assertThat(state.accounts()).containsExactly(new CashRow(ANN, Money.parse("99.5"), 7, 2));
            assertThat(state.lastOrderId()).isEqualTo(4);
            assertThat(state.lastPostingSetId()).isEqualTo(SETS);
        }
    }

    @Test
    void showsTheOrdersThatEnded() {
        try (JdbcStorage storage = open()) {
            LedgerStore ledger = storage.ledger();

            assertThat(ledger.endedOrders(ANN, null, 10))
                    .extracting(order -> order.status())
                    .containsExactly(OrderStatus.CANCELLED, OrderStatus.FILLED);
            assertThat(ledger.order(ANN, new OrderId(1))).contains(Batches.filled(1, 1));
            assertThat(ledger.order(ANN, new OrderId(2))).contains(Batches.order(2, 1, "c2"));
        }
    }

    @Test
    void endsItsOrdersAndKnowsTheirKeys() {
        try (JdbcStorage storage = open()) {
            LedgerStore ledger = storage.ledger();
            long epoch = ledger.takeEpoch();
            Batches batches = new Batches();
            batches.follow(ledger.load());

            assertThat(ledger.commit(
                            epoch, batches.open(Batches.row(9, 1, "c3")).take()))
                    .isEqualTo(new CommitResult.DuplicateOrder());
            assertThat(ledger.commit(
                            epoch,
                            batches.open(new OrderRow(Batches.order(9, 1, null), Batches.WORKER, 3, Batches.AT))
                                    .take()))
                    .isEqualTo(new CommitResult.DuplicateOrder());
            assertThat(ledger.commit(epoch, batches.fill(2, 1, 3).take())).isEqualTo(new CommitResult.Committed());

            assertThat(ledger.load().openOrders()).containsExactly(Batches.row(4, 1, "c4"));
            assertThat(ledger.endedOrders(ANN, null, 10)).hasSize(3);
            assertThat(ledger.verify()).isEqualTo(new LedgerCheck(SETS + 1, true, ""));
        }
    }

    @Test
    void fencesAWriterOfTheTimeBefore() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE ledger_head SET epoch = 5");
        }

        try (JdbcStorage storage = open()) {
            assertThat(storage.ledger().commit(5, new Batches().open(9, 1).take()))
                    .isEqualTo(new CommitResult.Fenced());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_posting_set SET order_id = 1 WHERE id = 55",
                "UPDATE ledger_posting_set SET posted_at = posted_at + 1 WHERE id = 55",
                "UPDATE ledger_posting_set SET postings = (SELECT postings FROM ledger_posting_set WHERE id = 7)"
                        + " WHERE id = 55",
                "UPDATE ledger_posting_set SET postings = X'0001' WHERE id = 55",
                "UPDATE ledger_posting_set SET hash = (SELECT hash FROM ledger_posting_set WHERE id = 7)"
                        + " WHERE id = 55",
                "DELETE FROM ledger_posting_set WHERE id = 55"
            })
    void findsATamperedSetOfItsTime(String sql) throws SQLException {
        try (JdbcStorage storage = open();
                Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);

            LedgerCheck check = storage.ledger().verify();

            assertThat(check.intact()).isFalse();
            assertThat(check.text()).contains("set 55");
        }
    }

    @Test
    void comesToTheNewestVersionTwice() throws SQLException {
        open().close();
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM schema_version WHERE version > 1");
        }

        try (JdbcStorage storage = open()) {
            assertThat(storage.ledger().load().openOrders()).hasSize(2);
        }
    }

    private JdbcStorage open() {
        return JdbcStorage.open(dataSource(), dialect(), new PoolSettings(4, Duration.ofSeconds(5)), Clock.systemUTC());
    }

    private static void order(Connection connection, long id, int status, Refusal reason, Instant closed)
            throws SQLException {
        OrderRow row = Batches.row(id, 1, "c" + id);
        Sql.update(connection, ORDER, p -> p.add(id)
                .add("c" + id)
                .add(row.order().times().issued())
                .add(row.order().times().accepted())
                .add(row.order().times().acceptedMarket())
                .add(status == 0 ? row.order().reserved().mantissa() : 0)
                .add(status)
                .addNullable(Codes.code(reason))
                .addNullable(Codes.text(reason))
                .addNullable(closed)
                .add(row.worker())
                .add(row.sequence())
                .add(row.corrected()));
    }

    private static void line(Connection connection, long id, long order, int outcome, Refusal reason)
            throws SQLException {
        Sql.update(connection, LINE, p -> p.add(id)
                .add(order)
                .add(outcome)
                .addNullable(Codes.code(reason))
                .addNullable(Codes.text(reason))
                .add(Batches.AT)
                .add(Batches.AT)
                .add(Batches.AT.plusSeconds(2))
                .add(Batches.AT));
    }

    private static void postings(Connection connection) throws SQLException {
        byte[] hash = PostingHash.start();
        for (long id = 1; id <= SETS; id++) {
            PostingSet set = PostingHash.seal(
                    hash, id, id, Batches.AT, List.of(new Posting(1, "USD", -id, 4), new Posting(0, "USD", id, 4)));
            hash = set.hash();
            Sql.update(
                    connection,
                    "INSERT INTO ledger_posting_set (id, order_id, posted_at, postings, hash) VALUES (?, ?, ?, ?, ?)",
                    p -> p.add(set.id())
                            .add(set.orderId())
                            .add(set.at())
                            .add(PostingCodec.encode(set.postings()))
                            .add(set.hash()));
        }
        byte[] last = hash;
        Sql.update(connection, "UPDATE ledger_head SET last_set = ?, last_hash = ?", p -> p.add(SETS)
                .add(last));
    }

    /** Format 1, kind 1: account 1 has 99.5, version 7, two lines. */
    private static byte[] cashOfVersionOne() {
        return ByteBuffer.allocate(34)
                .put((byte) 1)
                .put((byte) 1)
                .putLong(1)
                .putLong(995_000)
                .putLong(7)
                .putLong(2)
                .array();
    }
}
