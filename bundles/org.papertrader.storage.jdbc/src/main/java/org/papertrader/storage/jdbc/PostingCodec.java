package org.papertrader.storage.jdbc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.papertrader.storage.api.LedgerBatch.Posting;

/**
 * The postings of a set as the bytes of one column, so that a set is one row: for each posting its account (8 bytes),
 * mantissa (8), scale (1), length of the commodity (1), the commodity in ASCII.
 */
final class PostingCodec {
    /** Most bytes of a set, as the column allows. */
    static final int BYTES_MAX = 16_000;

    private static final int FIXED_BYTES = 2 * Long.BYTES + 2;
    private static final int COMMODITY_MAX = 127;

    private PostingCodec() {}

    /** Throws {@link IllegalArgumentException} when the set does not fit. */
    static byte[] encode(List<Posting> postings) {
        int size = 0;
        for (Posting posting : postings) {
            size += FIXED_BYTES + posting.commodity().length();
        }
        if (size > BYTES_MAX) {
            throw new IllegalArgumentException("a posting set of " + postings.size() + " postings is too large");
        }
        ByteBuffer bytes = ByteBuffer.allocate(size);
        for (Posting posting : postings) {
            byte[] commodity = posting.commodity().getBytes(StandardCharsets.US_ASCII);
            if (commodity.length > COMMODITY_MAX || posting.scale() < 0 || posting.scale() > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("not a posting that can be stored: " + posting);
            }
            bytes.putLong(posting.account())
                    .putLong(posting.mantissa())
                    .put((byte) posting.scale())
                    .put((byte) commodity.length)
                    .put(commodity);
        }
        return bytes.array();
    }

    /** Throws {@link IllegalArgumentException} when the bytes are none that {@link #encode} made. */
    static List<Posting> decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        List<Posting> postings = new ArrayList<>();
        try {
            while (bytes.hasRemaining()) {
                long account = bytes.getLong();
                long mantissa = bytes.getLong();
                int scale = bytes.get();
                byte[] commodity = new byte[Byte.toUnsignedInt(bytes.get())];
                bytes.get(commodity);
                postings.add(new Posting(account, new String(commodity, StandardCharsets.US_ASCII), mantissa, scale));
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("the bytes of a posting set are cut off", e);
        }
        return postings;
    }
}
