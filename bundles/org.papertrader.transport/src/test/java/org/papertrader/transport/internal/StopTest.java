package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.CarriedSessions;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.internal.Frames.Got;

class StopTest {

    private static ReasonCode closing(Got got) {
        return ((Return.Closing) got.value()).refusal().code();
    }

    @Test
    void aStopWaitsForAnswersThenSaysGoodbye() {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            rig.handler.hold = true;
            client.send(Frames.ping(1));
            await().until(() -> rig.handler.held.size() == 1);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(rig.listener::close);
            await().until(() -> refusesConnections(rig));
            assertThat(stopping).isNotDone();
            rig.handler.answerHeld();
            List<Got> got = client.untilClosed();

            assertThat(got).extracting(Got::requestId).containsExactly(1L, 0L);
            assertThat(closing(got.get(1))).isEqualTo(ReasonCode.SHUTTING_DOWN);
            stopping.orTimeout(3, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void aClientThatHasSaidAllStillGetsItsAnswers() throws IOException {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            rig.handler.hold = true;
            client.send(Frames.ping(1)).send(Frames.ping(2));
            client.socket.shutdownOutput();
            await().until(() -> rig.handler.held.size() == 2);
            rig.handler.answerHeld();

            assertThat(client.untilClosed()).extracting(Got::requestId).containsExactly(1L, 2L);
            await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        }
    }

    @Test
    void aClientThatSaysNothingMoreIsClosedAtOnce() throws IOException {
        // Without a sweep nothing else ever closes it.
        try (Rig rig = new Rig(Rig.withoutSweep(), false);
                RawClient client = rig.client()) {
            client.send(Frames.ping(1)).next(1);
            client.socket.shutdownOutput();

            assertThat(client.untilClosed()).isEmpty();
            await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        }
    }

    private static boolean refusesConnections(Rig rig) {
        try (RawClient another = rig.client()) {
            return !another.socket.isConnected();
        } catch (UncheckedIOException e) {
            return true;
        }
    }

    @Test
    void aStopDoesNotWaitForeverForAnswers() {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            rig.handler.hold = true;
            client.send(Frames.ping(1));
            await().until(() -> rig.handler.held.size() == 1);
            long start = System.nanoTime();
            rig.listener.close();

            assertThat(System.nanoTime() - start).isLessThan(2 * Limits.STOP_LIMIT.toNanos());
            await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        }
    }

    @Test
    void aHandlerClosesAConnectionWithAReason() {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            client.send(Frames.ping(1)).next(1);
            ClientConnection connection = rig.handler.open.iterator().next();
            connection.close(Refusal.of(ReasonCode.BUSY));

            assertThat(closing(client.untilClosed().get(0))).isEqualTo(ReasonCode.BUSY);
            await().untilAsserted(() -> assertThat(rig.handler.events).containsExactly("opened", "closed"));
        }
    }

    @Test
    void aNoticeReachesTheClient() {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            client.send(Frames.ping(1)).next(1);
            rig.handler.open.iterator().next().notice(new Return.MoveToWorker(Refusal.of(ReasonCode.SHUTTING_DOWN)));

            assertThat(client.next().orElseThrow().value()).isInstanceOf(Return.MoveToWorker.class);
        }
    }

    @Test
    void whatBelongsToTheLoopIsRefusedElsewhere() {
        try (Rig rig = new Rig();
                RawClient client = rig.client()) {
            client.send(Frames.ping(1)).next(1);
            ClientConnection connection = rig.handler.open.iterator().next();

            assertThatThrownBy(connection::state).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> connection.attach("x")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> connection.carried(CarriedSessions.NONE))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void nioServesWhereThereIsNoEpoll() {
        try (Rig rig = new Rig(Limits.standard(), true, EventLoops.nio());
                RawClient client = rig.client()) {
            rig.handler.payload = new byte[1024 * 1024];
            assertThat(client.send(Frames.info(1)).next(64))
                    .extracting(Got::requestId)
                    .containsOnly(1L);
        }
    }
}
