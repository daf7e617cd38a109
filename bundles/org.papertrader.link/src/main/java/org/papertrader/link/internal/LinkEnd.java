package org.papertrader.link.internal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.UUID;
import org.papertrader.transport.api.StreamHandler;
import org.papertrader.transport.api.StreamPeer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both ends of a link do: records in and out, heartbeats, one end. Belongs to the loop where not said otherwise. */
abstract class LinkEnd implements StreamHandler {
    /** A ping goes out when nothing came for so long. */
    static final long PING_NANOS = Duration.ofSeconds(2).toNanos();

    /** A peer that is silent for so long is dead. */
    static final long DEAD_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(LinkEnd.class);
    private static final byte[] NOTHING = {};

    final StreamPeer peer;
    final RecordSender sender;
    final RecordReader reader = new RecordReader();
    final Traffic traffic;
    private long lastReceived = System.nanoTime();
    private long lastPing = lastReceived;
    private volatile long roundTripNanos;
    private boolean over;

    /** @param waiting counts what waits on all links of this end */
    LinkEnd(StreamPeer peer, WaitingBytes waiting) {
        this.peer = peer;
        this.traffic = waiting.traffic;
        this.sender = new RecordSender(peer, waiting.join(this::broken));
    }

    /** Whose link it is, as the handshake proved. */
    abstract UUID worker();

    /** A record that is neither ping nor pong; throws {@link BadRecord} to end the link. */
    abstract void record(LinkRecord record);

    /** The link has ended; called once. */
    abstract void ended();

    /** The other end, for the log. */
    abstract String peerName();

    /** Time from the last ping to its pong, 0 before. Any thread. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** Sends a record without body. Any thread. */
    void signal(Kind kind, long correlation, UUID worker) {
        sender.send(kind, correlation, worker, NOTHING);
    }

    @Override
    public void received(ByteBuffer bytes) {
        lastReceived = System.nanoTime();
        traffic.bytesReceived.add(bytes.remaining());
        if (!over) {
            try {
                reader.read(bytes, this::dispatch);
            } catch (BadRecord e) {
                broken(String.valueOf(e.getMessage()));
            }
        }
    }

    private void dispatch(LinkRecord record) {
        UUID worker = worker();
        if (!worker.equals(record.worker())) {
            throw new BadRecord("a record of another worker, " + record.worker());
        }
        if (over) {
            return;
        }
        traffic.recordsReceived.increment();
        if (record.kind() == Kind.PING) {
            signal(Kind.PONG, record.correlation(), worker);
        } else if (record.kind() == Kind.PONG) {
            roundTripNanos = System.nanoTime() - record.correlation();
        } else {
            record(record);
        }
    }

    /** Ends the link because of what came in. Any thread. */
    void broken(String why) {
        LOG.warn("link with {} closed: {}", peerName(), why);
        peer.close();
    }

    @Override
    public void writable() {
        sender.drain();
    }

    @Override
    public void closed() {
        if (!over) {
            over = true;
            sender.end();
            ended();
        }
    }

    boolean isOver() {
        return over;
    }

    /** Looks at the times; called every now and then. */
    void tick(long now) {
        if (now - lastReceived > DEAD_NANOS) {
            broken("silent for too long");
        } else if (now - Math.max(lastReceived, lastPing) > PING_NANOS) {
            lastPing = now;
            signal(Kind.PING, now, worker());
        }
    }
}
