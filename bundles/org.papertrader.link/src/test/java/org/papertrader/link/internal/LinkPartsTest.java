package org.papertrader.link.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.papertrader.model.WorkerServer;

class LinkPartsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aMasterThatIsNotFoundForLongIsToldOf() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(2 * MasterConnection.UNCONNECTED_UNTOLD);
        List<String> told = new CopyOnWriteArrayList<>();
        try (LinkRig rig = new LinkRig()) {
            ScheduledThreadPoolExecutor atOnce = new ScheduledThreadPoolExecutor(1) {
                @Override
                public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                    return super.schedule(command, 0, unit);
                }
            };
            Uplink.Setup setup = new Uplink.Setup(
                    new WorkerServer(Samples.WORKER, "w1", "127.0.0.1", 2049, "local", ""), "0.1.0", 100, 1);
            MasterConnection[] made = new MasterConnection[1];
            made[0] = new MasterConnection(
                    (address, handler) -> {
                        told.add(attempts.getAndIncrement() + " " + made[0].where());
                        enough.countDown();
                        return CompletableFuture.failedFuture(new ConnectException("Connection refused"));
                    },
                    new MasterConnection.Target("127.0.0.1", 7, setup),
                    atOnce,
                    rig.work,
                    () -> {});
            rig.start(made[0]);
            assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
            made[0].stop();
            atOnce.shutdownNow();
        }
        int first = MasterConnection.UNCONNECTED_UNTOLD;
        assertThat(told.get(first - 1)).as("it may start just now").isEqualTo(first - 1 + " 127.0.0.1:7");
        assertThat(told.get(first)).isEqualTo(first + " 127.0.0.1:7 (ConnectException: Connection refused)");
    }

    private static List<LinkRecord> records(byte[] bytes) {
        RecordReader reader = new RecordReader();
        reader.admit();
        List<LinkRecord> records = new ArrayList<>();
        reader.read(ByteBuffer.wrap(bytes), records::add);
        return records;
    }

    @Test
    void recordsHandedInTogetherLeaveInOneWrite() {
        FakePeer peer = new FakePeer();
        peer.writable = false;
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        for (int i = 0; i < 100; i++) {
            sender.send(Kind.ANSWER, i, Samples.WORKER, new byte[10]);
        }
        peer.writable = true;
        sender.drain();

        assertThat(peer.sends).isEqualTo(1);
        assertThat(records(peer.taken()))
                .extracting(LinkRecord::correlation)
                .hasSize(100)
                .isSorted();
    }

    @Test
    void wholeRecordsGoBeforeChunksAndPayloadsTakeTurns() {
        FakePeer peer = new FakePeer();
        peer.writable = false;
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        byte[] large = new byte[3 * RecordSender.CHUNK];
        sender.payload(1, Samples.WORKER, large);
        sender.payload(2, Samples.WORKER, large);
        sender.send(Kind.ANSWER, 3, Samples.WORKER, new byte[10]);
        peer.writable = true;
        sender.drain();

        assertThat(records(peer.taken()))
                .extracting(LinkRecord::correlation)
                .containsExactly(3L, 1L, 2L, 1L, 2L, 1L, 2L);
    }

    @Test
    @Tag("PRO-11")
    void aPayloadGoesAsFarAsItsCreditAndHoldsUpNoOther() {
        FakePeer peer = new FakePeer();
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        sender.payload(1, Samples.WORKER, new byte[100 * RecordSender.CHUNK]);
        assertThat(records(peer.taken())).hasSize(4);
        sender.send(Kind.ANSWER, 2, Samples.WORKER, new byte[10]);
        sender.payload(3, Samples.WORKER, new byte[2 * RecordSender.CHUNK]);
        assertThat(records(peer.taken())).extracting(LinkRecord::correlation).containsExactly(2L, 3L, 3L);

        sender.credit(1, RecordSender.CHUNK);
        assertThat(records(peer.taken())).extracting(LinkRecord::correlation).containsExactly(1L);
        assertThatThrownBy(() -> sender.credit(1, RecordSender.WINDOW + 1)).isInstanceOf(BadRecord.class);
        assertThatThrownBy(() -> sender.credit(1, -1)).isInstanceOf(BadRecord.class);
        sender.credit(77, RecordSender.CHUNK);
        sender.credit(1, 0);
        sender.credit(1, RecordSender.CHUNK);
        assertThat(records(peer.taken())).as("nobody wants the rest").isEmpty();
    }

    @Test
    @Tag("PRO-11")
    void payloadsWithoutCreditLeaveTheirTurnToOthers() {
        FakePeer peer = new FakePeer();
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        for (int i = 0; i < RecordSender.BULK_ACTIVE_MAX + 1; i++) {
            sender.payload(i, Samples.WORKER, new byte[8 * RecordSender.CHUNK]);
        }
        assertThat(records(peer.taken()))
                .as("all that may be on their way, of as many payloads as travel at a time")
                .hasSize(4 * RecordSender.BULK_ACTIVE_MAX);
        sender.credit(2, 0);
        assertThat(records(peer.taken())).extracting(LinkRecord::correlation).containsOnly(4L);
    }

    @Test
    void nothingIsSentWhileThePeerTakesNothingAndTooMuchWaitingClosesIt() {
        FakePeer peer = new FakePeer();
        peer.writable = false;
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        byte[] body = new byte[1 << 20];
        for (int i = 0; i < 63; i++) {
            sender.send(Kind.MARKET, 0, Samples.WORKER, body);
        }
        assertThat(peer.sends).isZero();
        assertThat(peer.closed).isFalse();
        sender.send(Kind.MARKET, 0, Samples.WORKER, body);

        assertThat(peer.closed).isTrue();
    }

    @Test
    void tooManyPayloadBytesWaitingAreRefused() {
        FakePeer peer = new FakePeer();
        peer.writable = false;
        RecordSender sender = new RecordSender(peer, new WaitingBytes(Long.MAX_VALUE).join(why -> {}));
        byte[] large = new byte[16 << 20];
        for (int i = 0; i < 16; i++) {
            assertThat(sender.payload(i, Samples.WORKER, large)).isTrue();
        }
        assertThat(sender.payload(16, Samples.WORKER, large)).isFalse();
    }

    @Test
    void aSilentLinkIsPingedThenClosed() {
        ScheduledExecutorService timer = Timers.timer("test");
        MasterServices services = new MasterServices(timer, new WaitingBytes(Long.MAX_VALUE));
        LinkRig.Register register = new LinkRig.Register();
        services.workers.bind(register, Map.of());
        WorkerConnections connections = new WorkerConnections(services, timer, timer);
        FakePeer peer = new FakePeer();
        Downlink link = new Downlink(peer, Samples.WORKER, "AB", services, connections);
        link.received(ByteBuffer.wrap(RecordSender.record(Kind.HELLO, 0, Samples.WORKER, Samples.hello())));
        assertThat(records(peer.taken())).extracting(LinkRecord::kind).containsExactly(Kind.WELCOME);
        long now = System.nanoTime();
        link.tick(now + LinkEnd.PING_NANOS / 2);
        assertThat(records(peer.taken())).isEmpty();
        link.tick(now + 2 * LinkEnd.PING_NANOS);
        link.tick(now + 2 * LinkEnd.PING_NANOS + 1);
        List<LinkRecord> pings = records(peer.taken());
        assertThat(pings).extracting(LinkRecord::kind).containsExactly(Kind.PING);
        assertThat(peer.closed).isFalse();
        link.tick(now + 2 * LinkEnd.DEAD_NANOS);

        assertThat(peer.closed).isTrue();
        timer.shutdownNow();
    }

    @Test
    @Tag("PRO-9")
    void aWorkerKeepsItsUuidAndNeverGivesASequenceTwice(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state/worker.state");
        WorkerState first = WorkerState.open(file, "", NOW);
        long last = 0;
        for (int i = 0; i < 1_000; i++) {
            long next = first.nextSequence();
            assertThat(next).isGreaterThan(last);
            last = next;
        }
        WorkerState clockSetBack = WorkerState.open(file, "", NOW.minusSeconds(86_400));

        assertThat(clockSetBack.worker()).isEqualTo(first.worker());
        assertThat(clockSetBack.nextSequence()).isGreaterThan(last);
        UUID configured = UUID.randomUUID();
        assertThat(WorkerState.open(file, configured.toString(), NOW).worker()).isEqualTo(configured);
        Files.writeString(file, "sequenceReserved=nonsense");
        assertThatThrownBy(() -> WorkerState.open(file, "", NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void delaysGrowToTheirLimitAndBeginAnew() {
        Backoff backoff = new Backoff();
        long largest = Backoff.FIRST_MILLIS;
        for (int i = 0; i < 20; i++) {
            assertThat(backoff.next()).isBetween(largest / 2, largest);
            largest = Math.min(Backoff.MAX_MILLIS, largest * 2);
        }
        backoff.reset();
        assertThat(backoff.next()).isBetween(Backoff.FIRST_MILLIS / 2, Backoff.FIRST_MILLIS);
    }
}
