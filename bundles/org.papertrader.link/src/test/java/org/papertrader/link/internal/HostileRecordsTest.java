package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.gate.Gate;
import org.papertrader.link.api.LinkPush;
import org.papertrader.link.api.LinkReply;
import org.papertrader.link.api.LinkRequest;
import org.papertrader.protocol.api.FrameCodec;

/** What may come over a link that is no sense: it ends the link, and nothing else. */
@Tag("PRO-9")
class HostileRecordsTest implements Uplink.Events {
    private static final int MUTATIONS = 3_000;

    private final ScheduledExecutorService timer = Timers.timer("test");
    private final LinkRig.Router router = new LinkRig.Router();
    private final LinkRig.Register register = new LinkRig.Register();
    private final List<Object> heard = new ArrayList<>();
    private MasterServices services;
    private WorkerConnections connections;

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    private Downlink downlink(FakePeer peer) {
        services = new MasterServices(timer, new WaitingBytes(Long.MAX_VALUE));
        services.codecs.bind(Samples.CODEC, Map.of());
        services.handlers.bind(router, Map.of());
        services.workers.bind(register, Map.of());
        connections = new WorkerConnections(services, timer, timer);
        return new Downlink(peer, Samples.WORKER, "AB", services, connections);
    }

    private Uplink uplink(FakePeer peer) {
        Gate<FrameCodec> codecs = new Gate<>("codec");
        codecs.bind(Samples.CODEC, Map.of());
        Uplink.Setup setup = new Uplink.Setup(
                Samples.HELLO.server(),
                Samples.HELLO.version(),
                10,
                Duration.ofSeconds(5).toNanos());
        return new Uplink(peer, setup, codecs, LinkEdge.on(timer), this, new WaitingBytes(Long.MAX_VALUE));
    }

    @Override
    public void up(Uplink link) {
        heard.add("up");
    }

    @Override
    public void pushed(LinkPush push) {
        heard.add(push);
    }

    @Override
    public void ended(Uplink link, boolean wasUp) {
        heard.add("ended");
    }

    private static byte[] record(Kind kind, long correlation, byte[] body) {
        return RecordSender.record(kind, correlation, Samples.WORKER, body);
    }

    private static byte[] concat(List<byte[]> parts) {
        ByteBuf out = Unpooled.buffer();
        parts.forEach(out::writeBytes);
        return ByteBufUtil.getBytes(out);
    }

    private static byte[] hello() {
        return record(Kind.HELLO, 0, Samples.hello());
    }

    private static byte[] workerTalk() {
        List<byte[]> parts = new ArrayList<>(List.of(hello()));
        for (LinkRequest request : Samples.requests()) {
            parts.add(record(RequestBodies.kind(request), 1, RequestBodies.write(request, Samples.CODEC)));
        }
        parts.add(record(Kind.PRESENCE, 0, RequestBodies.presence(Samples.presence())));
        parts.add(record(Kind.PING, 5, new byte[0]));
        return concat(parts);
    }

    private static byte[] masterTalk() {
        List<byte[]> parts = new ArrayList<>(List.of(record(Kind.WELCOME, 0, new byte[0])));
        for (LinkPush push : Samples.pushes()) {
            parts.add(record(PushBodies.kind(push), 0, PushBodies.write(push, Samples.CODEC)));
        }
        parts.add(record(Kind.ANSWER, 1, ReplyBodies.answer(Samples.answer(), Samples.CODEC)));
        parts.add(record(Kind.ACTIVE_SESSION, 2, ReplyBodies.session(Samples.session())));
        parts.add(record(Kind.DATA, 3, new byte[100]));
        return concat(parts);
    }

    @Test
    void recordsSplitAtEveryByteAreTheSame() {
        byte[] talk = masterTalk();
        for (int cut = 0; cut <= talk.length; cut++) {
            FakePeer peer = new FakePeer();
            Uplink link = uplink(peer);
            heard.clear();
            List<CompletableFuture<LinkReply>> replies = new ArrayList<>();
            link.received(ByteBuffer.wrap(talk, 0, Math.min(cut, LinkRecord.HEADER)));
            link.received(ByteBuffer.wrap(
                    talk, Math.min(cut, LinkRecord.HEADER), LinkRecord.HEADER - Math.min(cut, LinkRecord.HEADER)));
            for (int i = 0; i < 3; i++) {
                replies.add(link.send(Samples.info(i)).toCompletableFuture());
            }
            int middle = Math.max(cut, LinkRecord.HEADER);
            link.received(ByteBuffer.wrap(talk, LinkRecord.HEADER, middle - LinkRecord.HEADER));
            link.received(ByteBuffer.wrap(talk, middle, talk.length - middle));

            assertThat(peer.closed).as("cut at %d", cut).isFalse();
            assertThat(heard).as("cut at %d", cut).hasSize(1 + Samples.pushes().size());
            assertThat(replies.get(0)).isCompletedWithValue(Samples.answer());
            assertThat(replies.get(1)).isCompletedWithValue(Samples.session());
            assertThat(replies.get(2)).isCompleted();
        }
    }

    @Test
    void mutatedRecordsOfAWorkerNeverThrow() {
        mutate(workerTalk(), 7, bytes -> {
            FakePeer peer = new FakePeer();
            Downlink link = downlink(peer);
            link.received(ByteBuffer.wrap(bytes));
            link.closed();
        });
    }

    @Test
    void mutatedRecordsOfAMasterNeverThrowAndFailNothingTwice() {
        mutate(masterTalk(), 11, bytes -> {
            FakePeer peer = new FakePeer();
            Uplink link = uplink(peer);
            link.received(ByteBuffer.wrap(bytes, 0, LinkRecord.HEADER));
            CompletableFuture<LinkReply> reply = link.send(Samples.info(1)).toCompletableFuture();
            link.received(ByteBuffer.wrap(bytes, LinkRecord.HEADER, bytes.length - LinkRecord.HEADER));
            link.closed();
            assertThat(reply).isDone();
            assertThat(link.inFlight()).isZero();
        });
    }

    private interface Attempt {
        void with(byte[] bytes);
    }

    private void mutate(byte[] talk, long salt, Attempt attempt) {
        long seed = System.nanoTime() ^ salt;
        Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = talk.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThatCode(() -> attempt.with(bytes)).as("seed %d", seed).doesNotThrowAnyException();
        }
    }

    @Test
    void theMasterClosesWhatIsNoRecord() {
        assertThat(closesMaster(concat(List.of(hello(), new byte[] {-1, -1, -1, -1}))))
                .isTrue();
        assertThat(closesMaster(concat(List.of(hello(), new byte[] {0, 0, 0, 3}))))
                .isTrue();
        assertThat(closesMaster(record(Kind.PRESENCE, 0, RequestBodies.presence(Samples.presence()))))
                .isTrue();
        assertThat(closesMaster(concat(List.of(hello(), hello())))).isTrue();
        assertThat(closesMaster(concat(List.of(hello(), record(Kind.WELCOME, 0, new byte[0])))))
                .isTrue();
        assertThat(closesMaster(workerTalk())).isFalse();
    }

    @Test
    void n29ARecordOfAnotherWorkerEndsTheLink() {
        byte[] foreign = RecordSender.record(Kind.PING, 0, UUID.randomUUID(), new byte[0]);

        assertThat(closesMaster(concat(List.of(hello(), foreign)))).isTrue();
    }

    @Test
    void aStrangerMaySendOnlyASmallHello() {
        byte[] large = record(Kind.HELLO, 0, new byte[LinkRecord.LENGTH_MAX_HELLO]);

        assertThat(closesMaster(large)).isTrue();
    }

    private boolean closesMaster(byte[] bytes) {
        FakePeer peer = new FakePeer();
        downlink(peer).received(ByteBuffer.wrap(bytes));
        return peer.closed;
    }

    @Test
    @Tag("PRO-11")
    void chunksAreCreditedAndUnwantedPayloadsStopped() {
        FakePeer peer = new FakePeer();
        Uplink link = uplink(peer);
        link.received(ByteBuffer.wrap(record(Kind.WELCOME, 0, new byte[0])));
        link.send(Samples.info(1));
        peer.taken();
        ReplyBodies.Part first = new ReplyBodies.Part(100, 0, new byte[0]);
        link.received(ByteBuffer.wrap(record(Kind.DATA_PART, 1, ReplyBodies.part(first, new byte[100], 60))));
        assertThat(peer.taken()).isEqualTo(record(Kind.CREDIT, 1, RequestBodies.credit(60)));

        link.received(ByteBuffer.wrap(record(Kind.DATA_PART, 9, ReplyBodies.part(first, new byte[100], 60))));
        assertThat(peer.taken()).isEqualTo(record(Kind.CREDIT, 9, RequestBodies.credit(0)));
        link.tick(System.nanoTime() + Duration.ofSeconds(6).toNanos());
        assertThat(peer.taken()).endsWith(record(Kind.CREDIT, 1, RequestBodies.credit(0)));
        assertThat(peer.closed).isFalse();
    }

    @Test
    void aCreditThatNobodyGaveEndsTheLink() {
        assertThat(closesMaster(concat(List.of(hello(), record(Kind.CREDIT, 1, new byte[3])))))
                .isTrue();
        assertThat(closesMaster(concat(List.of(hello(), record(Kind.CREDIT, 1, RequestBodies.credit(5))))))
                .as("of a payload that is not under way any more")
                .isFalse();
    }

    @Test
    void chunksOutOfOrderEndTheLink() {
        FakePeer peer = new FakePeer();
        Uplink link = uplink(peer);
        link.received(ByteBuffer.wrap(record(Kind.WELCOME, 0, new byte[0])));
        CompletableFuture<LinkReply> reply = link.send(Samples.info(1)).toCompletableFuture();
        ReplyBodies.Part second = new ReplyBodies.Part(100, 50, new byte[0]);
        link.received(ByteBuffer.wrap(record(Kind.DATA_PART, 1, ReplyBodies.part(second, new byte[100], 50))));

        assertThat(peer.closed).isTrue();
        assertThat(reply).isNotDone();
    }
}
