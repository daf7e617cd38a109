package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.AccountId;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Session;
import org.papertrader.model.SessionId;
import org.papertrader.model.UserName;
import org.papertrader.protocol.ProtocolV1;
import org.papertrader.protocol.api.ConnectionState;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.internal.Frames.Got;

@Tag("CARD-4")
class SwapTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void swappingTheHandlerUnderLoadLosesNoRequestAndNoConnection() {
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<CompletableFuture<Long>> loads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            loads.add(CompletableFuture.supplyAsync(() -> load(stop), threads));
        }
        FakeHandler present = rig.handler;
        List<FakeHandler> handlers = new ArrayList<>();
        for (int swap = 0; swap < 20; swap++) {
            int before = present.handled.get();
            FakeHandler busy = present;
            await().until(() -> busy.handled.get() > before + 50);
            FakeHandler next = new FakeHandler();
            handlers.add(next);
            if (swap % 2 == 0) {
                rig.port.unbindHandler(present);
                rig.port.bindHandler(next, Map.of());
            } else {
                rig.port.bindHandler(next, Map.of("service.ranking", swap));
                rig.port.unbindHandler(present);
            }
            present = next;
        }
        stop.set(true);
        for (CompletableFuture<Long> load : loads) {
            assertThat(load.orTimeout(20, TimeUnit.SECONDS).join()).isPositive();
        }
        threads.shutdown();
        handlers.forEach(FakeHandler::close);
        assertThat(rig.port.counters.opened.sum()).isEqualTo(4);
    }

    /** Sends batches until told to stop; every request must get its pong. */
    private long load(AtomicBoolean stop) {
        long id = 0;
        try (RawClient client = rig.client()) {
            while (!stop.get()) {
                List<byte[]> frames = new ArrayList<>();
                long first = id;
                for (int i = 0; i < 20; i++) {
                    id++;
                    frames.add(i % 2 == 0 ? Frames.ping(id) : Frames.later(id));
                }
                List<Got> got = client.send(Frames.concat(frames)).next(frames.size());
                assertThat(got)
                        .extracting(Got::requestId)
                        .doesNotHaveDuplicates()
                        .allMatch(each -> each > first);
                assertThat(got).extracting(Got::value).containsOnly(new Return.Pong(FakeHandler.TIME));
            }
        }
        return id;
    }

    @Test
    void swappingTheCodecUnderLoadLosesNothing() {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Long> load = CompletableFuture.supplyAsync(() -> load(stop));
        FrameCodec present = Frames.CODEC;
        for (int swap = 0; swap < 20; swap++) {
            int before = rig.handler.handled.get();
            await().until(() -> rig.handler.handled.get() > before + 50);
            FrameCodec next = ProtocolV1.frames();
            rig.port.unbindCodec(present);
            rig.port.bindCodec(next, Map.of());
            present = next;
        }
        stop.set(true);
        assertThat(load.orTimeout(20, TimeUnit.SECONDS).join()).isPositive();
    }

    @Test
    void theSuccessorFindsTheConnectionsStateButNotItsPredecessorsAttachment() {
        try (RawClient client = rig.client();
                FakeHandler successor = new FakeHandler()) {
            client.send(Frames.ping(1)).next(1);
            ClientConnection old = rig.handler.open.iterator().next();
            SessionId id = SessionId.parse("ab".repeat(32));
            Session session = new Session(
                    new AccountId(1), new UserName("ada"), Instant.MAX, true, InetAddress.getLoopbackAddress());
            CarriedSessions carried = CarriedSessions.NONE.using(id, session).subscribedTo(id);
            CompletableFuture<Void> changed = new CompletableFuture<>();
            old.execute(() -> {
                old.state(ConnectionState.DATA_TRANSFER);
                old.carried(carried);
                changed.complete(null);
            });
            changed.orTimeout(5, TimeUnit.SECONDS).join();
            rig.port.unbindHandler(rig.handler);
            rig.port.bindHandler(successor, Map.of());
            await().until(() -> !successor.open.isEmpty());
            ClientConnection now = successor.open.iterator().next();

            assertThat(now.id()).isEqualTo(old.id());
            assertThat(now.carried()).isEqualTo(carried);
            CompletableFuture<Boolean> same = new CompletableFuture<>();
            now.execute(
                    () -> same.complete(now.state() == ConnectionState.DATA_TRANSFER && now.attachment() == successor));
            assertThat(same.orTimeout(5, TimeUnit.SECONDS).join()).isTrue();
            client.send(Frames.ping(2)).next(1);
            assertThat(successor.events).containsExactly("opened");
        }
    }

    @Test
    void aHandlerIsWaitedForUntilItHasAnswered() {
        rig.handler.hold = true;
        try (RawClient client = rig.client()) {
            client.send(Frames.ping(1));
            await().until(() -> rig.handler.held.size() == 1);
            CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> rig.port.unbindHandler(rig.handler));
            await().during(Duration.ofMillis(200)).until(() -> !leaving.isDone());
            rig.handler.answerHeld();

            assertThat(client.next().orElseThrow().value()).isEqualTo(new Return.Pong(FakeHandler.TIME));
            leaving.orTimeout(2, TimeUnit.SECONDS).join();
        }
    }

    @Test
    @Tag("PRO-16")
    void whatALeavingHandlerNeverAnswersIsAnsweredForItAndItsLateAnswerIsVoid() {
        rig.handler.hold = true;
        try (RawClient client = rig.client()) {
            client.send(Frames.ping(1)).send(Frames.request(2, Frames.PURCHASE));
            await().until(() -> rig.handler.held.size() == 2);
            rig.port.unbindHandler(rig.handler);
            List<Got> got = client.next(2);

            assertThat(got).extracting(Got::requestId).containsExactlyInAnyOrder(1L, 2L);
            assertThat(got)
                    .extracting(each -> ((Return.Fail) each.value()).refusal().code())
                    .containsExactlyInAnyOrder(ReasonCode.UNAVAILABLE, ReasonCode.OUTCOME_UNKNOWN);
            try (FakeHandler successor = new FakeHandler()) {
                successor.hold = true;
                rig.port.bindHandler(successor, Map.of());
                client.send(Frames.ping(1));
                await().until(() -> successor.held.size() == 1);
                rig.handler.held.forEach(Runnable::run);
                successor.hold = false;

                assertThat(client.send(Frames.ping(3)).next().orElseThrow().requestId())
                        .isEqualTo(3);
                rig.port.unbindHandler(successor);
                assertThat(client.next().orElseThrow().requestId()).isEqualTo(1);
            }
        }
    }

    @Test
    void framesThatFindNoHandlerForTooLongAreUnavailable() {
        rig.port.unbindHandler(rig.handler);
        try (RawClient client = rig.client()) {
            client.send(Frames.concat(List.of(Frames.ping(1), Frames.request(2, new Request.Logout()))));
            await().until(rig::stalled);
            rig.tickAll(System.nanoTime() + 2 * Limits.PARK_NANOS);
            List<Got> got = client.next(2);

            assertThat(got)
                    .extracting(each -> ((Return.Fail) each.value()).refusal().code())
                    .containsOnly(ReasonCode.UNAVAILABLE);
            client.send(Frames.ping(3));
            await().until(rig::stalled);
            rig.port.bindHandler(rig.handler, Map.of());
            assertThat(client.next().orElseThrow().value()).isEqualTo(new Return.Pong(FakeHandler.TIME));
        }
    }
}
