package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerCheck;

/** That nobody changes the ledger's posting sets unseen. */
public abstract class LedgerCheckContract extends StorageContract {
    private static final int SETS = 6_000;

    private final Batches batches = new Batches();
    private long epoch;

    @BeforeEach
    final void post() {
        epoch = storage.ledger().takeEpoch();
        LongStream.rangeClosed(1, SETS)
                .forEach(id -> batches.post(id, new Posting(1, "USD", -id, 4), new Posting(0, "USD", id, 4)));
        commit();
    }

    @Test
    void findsAnUntouchedLedgerIntact() {
        assertThat(storage.ledger().verify()).isEqualTo(new LedgerCheck(SETS, true, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE ledger_posting_set SET order_id = 1 WHERE id = 5500",
                "UPDATE ledger_posting_set SET posted_at = posted_at + 1 WHERE id = 5500",
                "UPDATE ledger_posting_set SET postings = (SELECT postings FROM ledger_posting_set WHERE id = 7)"
                        + " WHERE id = 5500",
                "UPDATE ledger_posting_set SET postings = X'0001' WHERE id = 5500",
                "UPDATE ledger_posting_set SET hash = (SELECT hash FROM ledger_posting_set WHERE id = 7)"
                        + " WHERE id = 5500",
                "DELETE FROM ledger_posting_set WHERE id = 5500"
            })
    void findsATamperedSet(String sql) throws SQLException {
        assertThat(tamper(sql)).isEqualTo(1);

        LedgerCheck check = storage.ledger().verify();

        assertThat(check.intact()).isFalse();
        assertThat(check.text()).contains("set 5500");
    }

    @Test
    void findsThatTheNewestSetsWereCutOff() throws SQLException {
        tamper("DELETE FROM ledger_posting_set WHERE id > 5990");

        assertThat(storage.ledger().verify().text()).contains("5990").contains("6000");
    }

    @Test
    void findsASetThatDoesNotSumToZero() {
        batches.post(1, new Posting(1, "USD", 5, 4), new Posting(0, "USD", -50, 5))
                .post(1, new Posting(1, "USD", 5, 4), new Posting(0, "AAA", -5, 4));
        commit();

        assertThat(storage.ledger().verify().text()).contains("set 6002").contains("AAA");
    }

    private void commit() {
        assertThat(storage.ledger().commit(epoch, batches.take())).isEqualTo(new CommitResult.Committed());
    }
}
