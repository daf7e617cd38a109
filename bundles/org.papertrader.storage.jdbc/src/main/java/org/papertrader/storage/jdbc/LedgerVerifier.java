package org.papertrader.storage.jdbc;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.papertrader.storage.api.LedgerBatch.Posting;
import org.papertrader.storage.api.LedgerCheck;
import org.papertrader.storage.api.PostingHash;

/** Reads all posting sets page by page and recomputes the running hash. Stops at the first set that is wrong. */
final class LedgerVerifier {
    private static final int PAGE = 5_000;
    private static final String PAGE_SQL = "SELECT id, order_id, posted_at, postings, hash FROM ledger_posting_set"
            + " WHERE id > ? AND id <= ? ORDER BY id LIMIT " + PAGE;

    private final Database database;
    private long sets;
    private long lastId;
    private byte[] hash = PostingHash.start();

    LedgerVerifier(Database database) {
        this.database = database;
    }

    LedgerCheck verify() {
        // Sets that are added meanwhile are left for the next check.
        LedgerReader.Head head = database.transaction("read the ledger's head", LedgerReader::head);
        for (List<StoredSet> page = page(head); !page.isEmpty(); page = page(head)) {
            for (StoredSet set : page) {
                String fault = fault(set);
                sets++;
                if (fault != null) {
                    return new LedgerCheck(sets, false, fault);
                }
                lastId = set.id();
                hash = set.hash();
            }
        }
        if (lastId != head.lastSet() || !MessageDigest.isEqual(hash, head.lastHash())) {
            return new LedgerCheck(
                    sets, false, "the ledger ends at set " + lastId + ", but its head names set " + head.lastSet());
        }
        return new LedgerCheck(sets, true, "");
    }

    private List<StoredSet> page(LedgerReader.Head head) {
        return database.transaction(
                "read posting sets",
                connection -> Sql.list(
                        connection,
                        PAGE_SQL,
                        p -> p.add(lastId).add(head.lastSet()),
                        row -> new StoredSet(row.number(), row.number(), row.number(), row.bytes(), row.bytes())));
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

    private record StoredSet(long id, long orderId, long at, byte[] postings, byte[] hash) {}
}
