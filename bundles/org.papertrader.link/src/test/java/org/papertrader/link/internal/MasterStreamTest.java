package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.internal.secure.Handshake;
import org.papertrader.link.internal.secure.Keys;
import org.papertrader.link.internal.secure.PeerKey;
import org.papertrader.transport.api.StreamPeer;
import org.papertrader.workers.api.Workers.Knock;
import org.slf4j.LoggerFactory;

/** What a master does before it works with keys, step by step. */
@Tag("PRO-9")
class MasterStreamTest implements MasterStream.Gatekeeper {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final HandshakeSlots slots = new HandshakeSlots();
    private final FakePeer peer = new FakePeer();
    private final MasterStream.Means means = new MasterStream.Means(
            Keys.own("master"),
            slots,
            new KnownKeys(),
            work::add,
            new LogBudget(LoggerFactory.getLogger(MasterStreamTest.class)));
    private Knock knock = new Knock.Known(List.of(Keys.armored("worker")));
    private int gone;

    @Override
    public MasterStream.Means means() {
        return means;
    }

    @Override
    public Knock knock(UUID worker, StreamPeer from) {
        return knock;
    }

    @Override
    public Downlink link(StreamPeer sealed, UUID worker, PeerKey key) {
        throw new AssertionError("nobody gets so far here");
    }

    @Override
    public void gone(MasterStream stream) {
        gone++;
    }

    private MasterStream knocked() {
        MasterStream stream = new MasterStream(peer, this);
        stream.received(ByteBuffer.wrap(Handshake.opening(Samples.WORKER)));
        return stream;
    }

    @Test
    void n25n26AStrangerCostsNoWorkWithKeysAndHearsNothing() {
        knock = new Knock.Stranger("its address is not allowed");
        knocked();

        assertThat(work).isEmpty();
        assertThat(peer.taken()).isEmpty();
        assertThat(peer.closed).isTrue();
    }

    @Test
    void aKnownWorkerIsChallengedOnceItsKeyWasRead() {
        knocked();
        assertThat(peer.taken()).isEmpty();
        assertThat(work).hasSize(1);
        work.remove().run();

        assertThat(peer.taken()).hasSize(35).startsWith(1, 0, 32);
        assertThat(peer.closed).isFalse();
    }

    @Test
    void whoSpeaksBeforeItIsAnsweredIsCutOffAtOnce() {
        MasterStream stream = knocked();
        stream.received(ByteBuffer.wrap(new byte[] {2}));

        assertThat(peer.closed).isTrue();
        work.remove().run();
        assertThat(peer.taken()).isEmpty();
    }

    @Test
    void aWorkerWithoutAReadableKeyIsRefused() {
        knock = new Knock.Known(List.of("nonsense"));
        knocked();
        work.remove().run();

        assertThat(peer.closed).isTrue();
        assertThat(peer.taken()).isEmpty();
    }

    @Test
    void placesAreGivenBackHoweverAHandshakeEnds() {
        for (int i = 0; i < 3 * HandshakeSlots.MAX; i++) {
            MasterStream stream = knocked();
            assertThat(work).as("round %d", i).hasSize(1);
            work.remove().run();
            switch (i % 3) {
                case 0 -> stream.received(ByteBuffer.wrap(new byte[] {2, 0x7f, 0x7f}));
                case 1 -> stream.tick(System.nanoTime() + SecureStream.DEADLINE.toNanos() + 1, Instant.now());
                default -> stream.closed();
            }
        }
        assertThat(gone).isEqualTo(HandshakeSlots.MAX);
    }

    @Test
    void handshakesAreBoundedPerAddressAndInAll() {
        int entered = 0;
        for (int address = 1; address <= 10; address++) {
            for (int i = 0; i < 5; i++) {
                entered += slots.tryEnter(Samples.address("192.0.2." + address)) ? 1 : 0;
            }
            assertThat(entered).isEqualTo(Math.min(HandshakeSlots.MAX, address * HandshakeSlots.PER_ADDRESS_MAX));
        }
        slots.leave(Samples.address("192.0.2.1"));
        assertThat(slots.tryEnter(Samples.address("192.0.2.1"))).isTrue();
    }
}
