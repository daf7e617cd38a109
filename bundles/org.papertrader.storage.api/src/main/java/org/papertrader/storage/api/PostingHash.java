package org.papertrader.storage.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.storage.api.LedgerBatch.Posting;

/**
 * The ledger's running hash, the same for who writes it and who checks it: SHA-256 over the previous hash and the
 * set's content, so that nobody can change, drop or reorder a stored set unseen. All methods are pure and may be called
 * from any thread.
 *
 * <p>The content, big-endian: id (8 bytes), order id (8), microseconds of {@code at} since 1970 (8), number of postings
 * (4), and for each: account (8), length of the commodity's UTF-8 (4), the commodity, mantissa (8), scale (4).
 */
public final class PostingHash {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final int HEAD_BYTES = 3 * Long.BYTES + Integer.BYTES;
    private static final int POSTING_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

    private PostingHash() {}

    /** The hash before the first set: 32 zero bytes. */
    public static byte[] start() {
        return new byte[LENGTH];
    }

    /** The hash of the next set: of {@code previous} (32 bytes) and of the set without its own hash. */
    public static byte[] next(byte[] previous, long id, long orderId, Instant at, List<Posting> postings) {
        if (previous.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + previous.length);
        }
        List<byte[]> commodities = new ArrayList<>(postings.size());
        int size = HEAD_BYTES;
        for (Posting posting : postings) {
            byte[] commodity = posting.commodity().getBytes(StandardCharsets.UTF_8);
            commodities.add(commodity);
            size += POSTING_BYTES + commodity.length;
        }
        ByteBuffer content = ByteBuffer.allocate(size)
                .putLong(id)
                .putLong(orderId)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at))
                .putInt(postings.size());
        for (int i = 0; i < postings.size(); i++) {
            Posting posting = postings.get(i);
            byte[] commodity = commodities.get(i);
            content.putLong(posting.account())
                    .putInt(commodity.length)
                    .put(commodity)
                    .putLong(posting.mantissa())
                    .putInt(posting.scale());
        }
        MessageDigest digest = sha256();
        digest.update(previous);
        return digest.digest(content.array());
    }

    /** The set with the hash that follows {@code previous}. */
    public static LedgerBatch.PostingSet seal(
            byte[] previous, long id, long orderId, Instant at, List<Posting> postings) {
        return new LedgerBatch.PostingSet(id, orderId, at, postings, next(previous, id, orderId, at, postings));
    }

    /** The hash that a stored set must have after {@code previous}. */
    public static byte[] next(byte[] previous, LedgerBatch.PostingSet set) {
        return next(previous, set.id(), set.orderId(), set.at(), set.postings());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
