package org.papertrader.storage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.papertrader.storage.api.CommitResult;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerCheck;

/** That nobody changes the ledger's posting sets unseen. */
public abstract class LedgerCheckContract extends StorageContract {
    private static final int SETS = 6_000;
    private static final int VICTIM = 5_500;
    /** Each set has two postings in USD: 50 bytes, and 2 times 21. */
    private static final int SET_BYTES = 92;

    private final Batches batches = new Batches();
    private long epoch;

    /** What somebody does to the bytes of set {@value #VICTIM}, which begin at a place in those of its page. */
    enum Tampering {
        ORDER(0),
        TIME(8),
        HASH(16),
        LENGTH(48),
        ACCOUNT(50),
        AMOUNT(58),
        SCALE(66),
        COMMODITY(68);

        private final int offset;

        Tampering(int offset) {
            this.offset = offset;
        }

        void apply(byte[] page, int set) {
            // The last of the field's 8 bytes, where it has so many.
            int field = this == ORDER || this == TIME || this == ACCOUNT || this == AMOUNT ? offset + 7 : offset;
            page[set + field] ^= 1;
        }
    }

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
    @EnumSource
    void findsATamperedSet(Tampering tampering) throws SQLException {
        Page page = pageOf(VICTIM);
        tampering.apply(page.content, page.offsetOf(VICTIM));
        store(page.first, page.content);

        findsTheVictim();
    }

    @Test
    void findsPostingsThatWereTakenFromAnotherSet() throws SQLException {
        Page other = pageOf(7);
        Page page = pageOf(VICTIM);
        System.arraycopy(
                other.content, other.offsetOf(7) + 50, page.content, page.offsetOf(VICTIM) + 50, SET_BYTES - 50);
        store(page.first, page.content);

        findsTheVictim();
    }

    @Test
    void findsAHashThatWasTakenFromAnotherSet() throws SQLException {
        Page other = pageOf(7);
        Page page = pageOf(VICTIM);
        System.arraycopy(other.content, other.offsetOf(7) + 16, page.content, page.offsetOf(VICTIM) + 16, 32);
        store(page.first, page.content);

        findsTheVictim();
    }

    @Test
    void findsThatASetWasTakenOut() throws SQLException {
        Page page = pageOf(VICTIM);
        int at = page.offsetOf(VICTIM);
        byte[] rest = Arrays.copyOf(page.content, page.content.length - SET_BYTES);
        System.arraycopy(page.content, at + SET_BYTES, rest, at, rest.length - at);
        store(page.first, rest);

        findsTheVictim();
    }

    @Test
    void findsAPageThatIsCutOff() throws SQLException {
        Page page = pageOf(VICTIM);
        store(page.first, Arrays.copyOf(page.content, page.offsetOf(VICTIM) + 60));

        findsTheVictim();
    }

    @Test
    void findsAMissingPage() throws SQLException {
        Page page = pageOf(VICTIM);
        assertThat(tamper("DELETE FROM ledger_posting_page WHERE id = " + page.first))
                .isEqualTo(1);

        LedgerCheck check = storage.ledger().verify();

        assertThat(check.intact()).isFalse();
        assertThat(check.text()).contains("set " + page.first + " is missing");
    }

    @Test
    void findsThatTheNewestSetsWereCutOff() throws SQLException {
        Page page = pageOf(SETS);
        store(page.first, Arrays.copyOf(page.content, page.content.length - 10 * SET_BYTES));

        assertThat(storage.ledger().verify().text()).contains("5990").contains("6000");
    }

    @Test
    void findsThatTheNewestPageWasCutOff() throws SQLException {
        Page page = pageOf(SETS);
        tamper("DELETE FROM ledger_posting_page WHERE id = " + page.first);

        assertThat(storage.ledger().verify().text())
                .contains(String.valueOf(page.first - 1))
                .contains("6000");
    }

    @Test
    void findsASetThatDoesNotSumToZero() {
        batches.post(1, new Posting(1, "USD", 5, 4), new Posting(0, "USD", -50, 5))
                .post(1, new Posting(1, "USD", 5, 4), new Posting(0, "AAA", -5, 4));
        commit();

        assertThat(storage.ledger().verify().text()).contains("set 6002").contains("AAA");
    }

    private void findsTheVictim() {
        LedgerCheck check = storage.ledger().verify();

        assertThat(check.intact()).isFalse();
        assertThat(check.text()).contains("set " + VICTIM);
    }

    private void commit() {
        assertThat(storage.ledger().commit(epoch, batches.take())).isEqualTo(new CommitResult.Committed());
    }

    private record Page(long first, byte[] content) {
        int offsetOf(long set) {
            int offset = 1 + (int) (set - first) * SET_BYTES;
            // The control: what is about to be changed is the order's number, which is the set's here.
            assertThat(ByteBuffer.wrap(content).getLong(offset)).isEqualTo(set);
            return offset;
        }
    }

    private Page pageOf(long set) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT id, content FROM ledger_posting_page WHERE id <= ? ORDER BY id DESC LIMIT 1")) {
            statement.setLong(1, set);
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                return new Page(result.getLong(1), result.getBytes(2));
            }
        }
    }

    private void store(long first, byte[] content) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("UPDATE ledger_posting_page SET content = ? WHERE id = ?")) {
            statement.setBytes(1, content);
            statement.setLong(2, first);
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
