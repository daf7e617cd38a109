package org.papertrader.storage.jdbc;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.storage.api.LedgerBatch.PostingSet;
import org.papertrader.storage.api.PostingHash;

/**
 * Posting sets with successive numbers as the bytes of one column, so that many are one row: the format's number (1
 * byte), then for each set its order (8), microseconds since 1970 (8), hash (32), length of its postings (2), and those
 * as {@link PostingCodec} writes them.
 *
 * @param first number of the first set
 */
record PostingPage(long first, byte[] content) {
    private static final int FORMAT = 1;
    private static final int FIXED_BYTES = 2 * Long.BYTES + PostingHash.LENGTH + Short.BYTES;
    /** A page is ended by the set that reaches this size: large rows cost more in a database's pages than they save. */
    private static final int BYTES_ENOUGH = 12_000;

    /** A set as it is stored; {@code at} in microseconds since 1970. */
    record StoredSet(long id, long orderId, long at, byte[] postings, byte[] hash) {}

    /** As many pages as the sets need. */
    static List<PostingPage> encode(List<PostingSet> sets) {
        List<PostingPage> pages = new ArrayList<>();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(BYTES_ENOUGH + PostingCodec.BYTES_MAX);
        long first = 0;
        for (PostingSet set : sets) {
            if (bytes.size() == 0) {
                first = set.id();
                bytes.write(FORMAT);
            }
            bytes.writeBytes(encode(set));
            if (bytes.size() >= BYTES_ENOUGH) {
                pages.add(new PostingPage(first, bytes.toByteArray()));
                bytes.reset();
            }
        }
        if (bytes.size() > 0) {
            pages.add(new PostingPage(first, bytes.toByteArray()));
        }
        return pages;
    }

    private static byte[] encode(PostingSet set) {
        byte[] postings = PostingCodec.encode(set.postings());
        return ByteBuffer.allocate(FIXED_BYTES + postings.length)
                .putLong(set.orderId())
                .putLong(Times.micros(set.at()))
                .put(set.hash())
                .putShort((short) postings.length)
                .put(postings)
                .array();
    }

    /** The sets in it; throws {@link IllegalArgumentException} when the bytes are none that {@link #encode} made. */
    List<StoredSet> sets() {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        List<StoredSet> sets = new ArrayList<>();
        try {
            if (bytes.get() != FORMAT) {
                throw new IllegalArgumentException("set " + first + " is in a page of an unknown format");
            }
            while (bytes.hasRemaining()) {
                sets.add(next(bytes, first + sets.size()));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("set " + (first + sets.size()) + " is cut off", e);
        }
        return sets;
    }

    private static StoredSet next(ByteBuffer bytes, long id) {
        long orderId = bytes.getLong();
        long at = bytes.getLong();
        byte[] hash = new byte[PostingHash.LENGTH];
        bytes.get(hash);
        byte[] postings = new byte[Short.toUnsignedInt(bytes.getShort())];
        bytes.get(postings);
        return new StoredSet(id, orderId, at, postings, hash);
    }
}
