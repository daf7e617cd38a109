package org.papertrader.storage.jdbc;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.PostingHash;
import org.papertrader.storage.jdbc.PostingPage.StoredSet;

/** Reads all posting sets some at a time and recomputes the running hash. Stops at the first set that is wrong. */
final class LedgerVerifier {
    private static final int ROWS = 5_000;
    private static final int PAGES = 50;
    private static final String ROWS_SQL = "SELECT id, order_id, posted_at, postings, hash FROM ledger_posting_set"
            + " WHERE id > ? AND id <= ? ORDER BY id LIMIT " + ROWS;
    private static final String PAGES_SQL =
            "SELECT id, content FROM ledger_posting_page WHERE id > ? AND id <= ? ORDER BY id LIMIT " + PAGES;

    private final Database database;
    private long sets;
    private long lastId;
    private byte[] hash = PostingHash.start();

    LedgerVerifier(Database database) {
        this.database = database;
    }

    /** Checks what was added since the last call, all of it at the first. */
    LedgerCheck verify() {
        // Sets that are added meanwhile are left for the next check.
        LedgerReader.Head head = database.read("read the ledger's head", LedgerReader::head);
        try {
            for (List<StoredSet> some = some(head); !some.isEmpty(); some = some(head)) {
                for (StoredSet set : some) {
                    String fault = fault(set);
                    sets++;
                    if (fault != null) {
                        return new LedgerCheck(sets, false, fault);
                    }
                    lastId = set.id();
                    hash = set.hash();
                }
            }
        } catch (IllegalArgumentException e) {
            return new LedgerCheck(sets, false, "unreadable: " + e.getMessage());
        }
        if (lastId != head.lastSet() || !MessageDigest.isEqual(hash, head.lastHash())) {
            return new LedgerCheck(
                    sets, false, "the ledger ends at set " + lastId + ", but its head names set " + head.lastSet());
        }
        return new LedgerCheck(sets, true, "");
    }

    private List<StoredSet> some(LedgerReader.Head head) {
        return database.read("read posting sets", connection -> {
            List<StoredSet> rows = Sql.list(
                    connection,
                    ROWS_SQL,
                    p -> p.add(lastId).add(head.lastSet()),
                    row -> new StoredSet(row.number(), row.number(), row.number(), row.bytes(), row.bytes()));
            return rows.isEmpty() ? ofPages(connection, head) : rows;
        });
    }

    private List<StoredSet> ofPages(Connection connection, LedgerReader.Head head) throws SQLException {
        List<PostingPage> pages = Sql.list(
                connection,
                PAGES_SQL,
                p -> p.add(lastId).add(head.lastSet()),
                row -> new PostingPage(row.number(), row.bytes()));
        List<StoredSet> some = new ArrayList<>();
        pages.forEach(page -> some.addAll(page.sets()));
        return some;
    }

    private @Nullable String fault(StoredSet set) {
        if (set.id() != lastId + 1) {
            return "set " + (lastId + 1) + " is missing";
        }
        List<Posting> postings;
        try {
            postings = PostingCodec.decode(set.postings());
        } catch (IllegalArgumentException e) {
            return "set " + set.id() + " cannot be read: " + e.getMessage();
        }
        byte[] expected = PostingHash.next(hash, set.id(), set.orderId(), Times.instant(set.at()), postings);
        if (!MessageDigest.isEqual(expected, set.hash())) {
            return "set " + set.id() + " does not fit its hash: it, or the one before, was changed";
        }
        List<String> unbalanced = unbalanced(postings);
        return unbalanced.isEmpty() ? null : "set " + set.id() + " does not sum to zero in " + unbalanced;
    }

    private static List<String> unbalanced(List<Posting> postings) {
        Map<String, BigDecimal> sums = new HashMap<>();
        for (Posting posting : postings) {
            sums.merge(posting.commodity(), BigDecimal.valueOf(posting.mantissa(), posting.scale()), BigDecimal::add);
        }
        List<String> wrong = new ArrayList<>();
        sums.forEach((commodity, sum) -> {
            if (sum.signum() != 0) {
                wrong.add(commodity);
            }
        });
        return wrong;
    }
}
