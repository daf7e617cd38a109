package org.papertrader.link.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.papertrader.transport.api.StreamPeer;

/**
 * Sends records: several at once, whole ones before the chunks of large payloads, and of these a few payloads in turns,
 * each only as far as the receiver gave it credit: what is on its way never delays an order by much.
 * Any thread may hand records in; what the peer does not take waits here, up to a bound of its own and one of all links.
 */
final class RecordSender {
    /** Bytes gathered into one write. */
    static final int BATCH = 64 * 1024;

    /** Payload bytes in a chunk; payloads up to this size travel whole. */
    static final int CHUNK = 64 * 1024;

    /** Payloads sent at the same time; the receiver holds as many half-received ones. */
    static final int BULK_ACTIVE_MAX = 4;

    /** Bytes of a payload that may be on their way before the receiver asks for more. */
    static final int WINDOW = 4 * CHUNK;

    /** Waiting bytes of whole records; a peer that reads so little is cut off. */
    static final long WAITING_MAX = 64L << 20;

    /** Waiting bytes of large payloads. */
    static final long BULK_WAITING_MAX = 256L << 20;

    private final StreamPeer peer;
    private final WaitingBytes.Share share;
    private final Queue<byte[]> records = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicLong bulkBytes = new AtomicLong();
    private final Queue<Bulk> bulks = new ConcurrentLinkedQueue<>();
    private final Deque<Bulk> active = new ArrayDeque<>();
    private byte @Nullable [] next;

    RecordSender(StreamPeer peer, WaitingBytes.Share share) {
        this.peer = peer;
        this.share = share;
    }

    private static final class Bulk {
        final UUID worker;
        final long correlation;
        final byte[] payload;
        int offset;
        int credit = WINDOW;

        Bulk(UUID worker, long correlation, byte[] payload) {
            this.worker = worker;
            this.correlation = correlation;
            this.payload = payload;
        }
    }

    /** The bytes of a record. */
    static byte[] record(Kind kind, long correlation, UUID worker, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(LinkRecord.HEADER + body.length);
        out.putInt(LinkRecord.HEADER - Integer.BYTES + body.length)
                .put((byte) kind.number())
                .putLong(correlation)
                .putLong(worker.getMostSignificantBits())
                .putLong(worker.getLeastSignificantBits())
                .put(body);
        return out.array();
    }

    /** Sends a record. Any thread. */
    void send(Kind kind, long correlation, UUID worker, byte[] body) {
        byte[] record = record(kind, correlation, worker, body);
        if (record.length > LinkRecord.LENGTH_MAX) {
            throw new IllegalArgumentException(kind + " of " + record.length + " bytes");
        }
        if (waitingBytes.addAndGet(record.length) > WAITING_MAX) {
            peer.close();
            return;
        }
        if (!share.add(record.length)) {
            return;
        }
        records.add(record);
        wake();
    }

    /** Sends a payload, in chunks if it is large; false when too many bytes wait already. Any thread. */
    boolean payload(long correlation, UUID worker, byte[] payload) {
        if (payload.length <= CHUNK) {
            send(Kind.DATA, correlation, worker, payload);
            return true;
        }
        if (bulkBytes.addAndGet(payload.length) > BULK_WAITING_MAX || !share.tryAdd(payload.length)) {
            bulkBytes.addAndGet(-payload.length);
            return false;
        }
        bulks.add(new Bulk(worker, correlation, payload));
        wake();
        return true;
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            peer.execute(this::drain);
        }
    }

    /** Sends as much as the peer takes. On the loop. */
    void drain() {
        scheduled.set(false);
        while (peer.isWritable()) {
            ByteBuffer batch = nextBatch();
            if (batch == null) {
                return;
            }
            share.sent(batch.remaining());
            peer.send(batch);
        }
    }

    private @Nullable ByteBuffer nextBatch() {
        byte[] first = take();
        if (first == null) {
            return nextChunk();
        }
        if (first.length >= BATCH || peek() == null) {
            return ByteBuffer.wrap(first);
        }
        ByteBuffer batch = ByteBuffer.allocate(BATCH).put(first);
        for (byte[] more = peek(); more != null && more.length <= batch.remaining(); more = peek()) {
            batch.put(more);
            take();
        }
        return batch.flip();
    }

    private byte @Nullable [] peek() {
        if (next == null) {
            next = records.poll();
        }
        return next;
    }

    private byte @Nullable [] take() {
        byte[] record = peek();
        next = null;
        if (record != null) {
            waitingBytes.addAndGet(-record.length);
            share.remove(record.length);
        }
        return record;
    }

    private @Nullable ByteBuffer nextChunk() {
        while (active.size() < BULK_ACTIVE_MAX) {
            Bulk bulk = bulks.poll();
            if (bulk == null) {
                break;
            }
            active.add(bulk);
        }
        Bulk bulk = nextWithCredit();
        if (bulk == null) {
            return null;
        }
        int length = Math.min(Math.min(CHUNK, bulk.credit), bulk.payload.length - bulk.offset);
        bulk.credit -= length;
        ReplyBodies.Part place = new ReplyBodies.Part(bulk.payload.length, bulk.offset, new byte[0]);
        byte[] body = ReplyBodies.part(place, bulk.payload, length);
        bulk.offset += length;
        if (bulk.offset < bulk.payload.length) {
            active.add(bulk);
        } else {
            ended(bulk);
        }
        return ByteBuffer.wrap(record(Kind.DATA_PART, bulk.correlation, bulk.worker, body));
    }

    /** Takes the one whose turn it is among those that may go on. */
    private @Nullable Bulk nextWithCredit() {
        for (int i = active.size(); i > 0; i--) {
            Bulk bulk = active.remove();
            if (bulk.credit > 0) {
                return bulk;
            }
            active.add(bulk);
        }
        return null;
    }

    /**
     * The receiver of a payload has taken in so many bytes of it; 0 when it wants no more of it. On the loop. Throws {@link
     * BadRecord} for more than was sent; nothing happens when all of it was sent already.
     */
    void credit(long correlation, int bytes) {
        Bulk bulk = active.stream()
                .filter(each -> each.correlation == correlation)
                .findFirst()
                .orElse(null);
        if (bulk == null) {
            return;
        }
        if (bytes < 0 || bytes > WINDOW - bulk.credit) {
            throw new BadRecord("a credit of " + bytes + " bytes");
        }
        bulk.credit += bytes;
        if (bytes == 0) {
            active.remove(bulk);
            ended(bulk);
        }
        drain();
    }

    private void ended(Bulk bulk) {
        bulkBytes.addAndGet(-bulk.payload.length);
        share.remove(bulk.payload.length);
    }

    /** The link has ended: what waits will never be sent. On the loop. */
    void end() {
        share.end();
        records.clear();
        bulks.clear();
        active.clear();
    }
}
