package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.link.api.LinkReply;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.Return;

/** What waits for all workers together is bounded, and the slowest pays for it. */
@Tag("PRO-9")
class WaitingBytesTest {
    private static final int SLOW = 100;
    private static final long MOST = 8L << 20;
    private static final byte[] SMALL = new byte[10_000];

    private final ScheduledExecutorService timer = Timers.timer("test");
    private final WaitingBytes waiting = new WaitingBytes(MOST);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private RecordSender sender(FakePeer peer) {
        return new RecordSender(peer, waiting.join(why -> peer.close()));
    }

    private static FakePeer slow() {
        FakePeer peer = new FakePeer();
        peer.writable = false;
        return peer;
    }

    @Test
    void theLinkWithMostPaysAndTheOthersGoOn() {
        FakePeer slowest = slow();
        RecordSender most = sender(slowest);
        for (int i = 0; i < 400; i++) {
            most.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
        }
        List<FakePeer> peers =
                Stream.generate(WaitingBytesTest::slow).limit(SLOW).toList();
        List<RecordSender> senders = new ArrayList<>();
        peers.forEach(peer -> senders.add(sender(peer)));
        FakePeer quick = new FakePeer();
        RecordSender other = sender(quick);
        for (int round = 0; round < 8; round++) {
            for (RecordSender each : senders) {
                each.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
                other.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
                assertThat(waiting.total()).isLessThanOrEqualTo(MOST);
            }
        }

        assertThat(slowest.closed).isTrue();
        assertThat(peers).noneMatch(peer -> peer.closed);
        assertThat(quick.closed).isFalse();
        assertThat(quick.sent.readableBytes()).isEqualTo(8 * SLOW * (LinkRecord.HEADER + SMALL.length));
        most.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
        assertThat(waiting.total()).isEqualTo(8L * SLOW * (LinkRecord.HEADER + SMALL.length));
    }

    @Test
    void manySlowWorkersNeverHoldMoreThanTheBound() {
        List<FakePeer> peers =
                Stream.generate(WaitingBytesTest::slow).limit(SLOW).toList();
        List<RecordSender> senders = peers.stream().map(this::sender).toList();
        for (int round = 0; round < 40; round++) {
            for (RecordSender each : senders) {
                each.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
                assertThat(waiting.total()).isLessThanOrEqualTo(MOST);
            }
        }

        assertThat(peers).anyMatch(peer -> peer.closed).anyMatch(peer -> !peer.closed);
        senders.forEach(RecordSender::end);
        assertThat(waiting.total()).isZero();
    }

    @Test
    void whatIsSentOrGivenUpWaitsNoMore() {
        FakePeer peer = slow();
        RecordSender sender = sender(peer);
        byte[] large = new byte[3 * RecordSender.WINDOW];
        sender.payload(1, Samples.WORKER, large);
        sender.payload(2, Samples.WORKER, large);
        sender.send(Kind.MARKET, 0, Samples.WORKER, SMALL);
        assertThat(waiting.total()).isEqualTo(2L * large.length + LinkRecord.HEADER + SMALL.length);

        peer.writable = true;
        sender.drain();
        assertThat(waiting.total()).isEqualTo(2L * large.length);
        sender.credit(1, 0);
        assertThat(waiting.total()).isEqualTo(large.length);
        for (int i = 0; i < 3; i++) {
            sender.credit(2, RecordSender.WINDOW);
        }
        assertThat(waiting.total()).isZero();
    }

    @Test
    void aPayloadForTheSlowestIsBusyAndItsLinkStays() {
        MasterServices services = new MasterServices(timer, waiting);
        LinkRig.Router router = new LinkRig.Router();
        services.workers.bind(new LinkRig.Register(), Map.of());
        services.codecs.bind(Samples.CODEC, Map.of());
        services.handlers.bind(router, Map.of());
        FakePeer peer = slow();
        Downlink link =
                new Downlink(peer, Samples.WORKER, "AB", services, new WorkerConnections(services, timer, timer));
        link.received(ByteBuffer.wrap(RecordSender.record(Kind.HELLO, 0, Samples.WORKER, Samples.hello())));
        router.answer = request -> CompletableFuture.completedFuture(new LinkReply.Data(new byte[5 << 20]));
        for (int i = 1; i <= 2; i++) {
            link.received(ByteBuffer.wrap(RecordSender.record(
                    Kind.FORWARD, i, Samples.WORKER, RequestBodies.write(Samples.info(i), Samples.CODEC))));
        }
        assertThat(waiting.total()).isBetween(5L << 20, MOST);
        peer.writable = true;
        link.writable();

        RecordReader reader = new RecordReader();
        reader.admit();
        List<LinkRecord> records = new ArrayList<>();
        reader.read(ByteBuffer.wrap(peer.taken()), records::add);
        assertThat(peer.closed).isFalse();
        assertThat(records)
                .filteredOn(record -> record.kind() == Kind.ANSWER)
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.correlation()).isEqualTo(2);
                    assertThat(ReplyBodies.answer(record.body(), Samples.CODEC))
                            .isEqualTo(new LinkReply.Answer(Return.error(ReasonCode.BUSY)));
                });
        link.closed();
        assertThat(waiting.total()).isZero();
    }
}
