package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.api.ClientConnection;
import org.papertrader.transport.internal.Frames.Got;

class BoundsTest {
    private static final Duration FRAME = Duration.ofMillis(200);
    private static final Limits QUICK = limits(Duration.ofMillis(400), FRAME);
    /** Whoever is silent meanwhile is not closed for that. */
    private static final Limits PATIENT = limits(Duration.ofDays(1), Duration.ofDays(1));

    private static Limits limits(Duration idle, Duration frame) {
        return new Limits(
                5,
                3,
                10,
                16 * 1024,
                32 * 1024,
                idle.toNanos(),
                frame.toNanos(),
                Duration.ofMillis(20).toNanos(),
                Limits.Arrivals.standard());
    }

    private static ReasonCode closing(Got got) {
        return ((Return.Closing) got.value()).refusal().code();
    }

    @Test
    void n9AnAddressHasSoManyConnectionsAndThoseGoOnBeingServed() {
        try (Rig rig = new Rig(PATIENT, false)) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                clients.add(rig.client());
                clients.get(i).send(Frames.ping(1)).next(1);
            }
            for (int i = 0; i < 20; i++) {
                try (RawClient more = rig.client()) {
                    List<Got> got = more.untilClosed();
                    assertThat(got).hasSize(1);
                    assertThat(closing(got.get(0))).isEqualTo(ReasonCode.BUSY);
                }
            }
            clients.get(0).send(Frames.ping(2)).next(1);
            clients.remove(0).close();
            await().untilAsserted(() -> assertThat(rig.port.connections()).isEqualTo(2));
            try (RawClient again = rig.client()) {
                again.send(Frames.ping(1)).next(1);
            }
            assertThat(rig.port.counters.refused.sum()).isEqualTo(20);
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void moreRequestsUnderWayThanAllowedAreBusyAtOnce() {
        try (Rig rig = new Rig(PATIENT, false);
                RawClient client = rig.client()) {
            rig.handler.hold = true;
            List<byte[]> frames = new ArrayList<>();
            for (int id = 1; id <= 12; id++) {
                frames.add(Frames.ping(id));
            }
            List<Got> got = client.send(Frames.concat(frames)).next(2);

            assertThat(got).extracting(Got::requestId).containsExactly(11L, 12L);
            assertThat(((Return.Fail) got.get(0).value()).refusal().code()).isEqualTo(ReasonCode.BUSY);
            rig.handler.answerHeld();
            assertThat(client.next(10))
                    .extracting(Got::requestId)
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        }
    }

    @Test
    void aConnectionThatSendsNothingIsClosed() {
        byte[] ping = Frames.ping(1);
        // Long enough for the first frame to come in time on a slow machine.
        try (Rig rig = new Rig(limits(Duration.ofSeconds(2), FRAME), false);
                RawClient client = rig.client()) {
            client.send(ping).next(1);
            List<Got> got = client.untilClosed();

            assertThat(got).hasSize(1);
            assertThat(closing(got.get(0))).isEqualTo(ReasonCode.IDLE_TIMEOUT);
        }
    }

    @Test
    void n2AFrameThatDoesNotEndIsClosedHoweverSlowlyItGoesOn() {
        try (Rig rig = new Rig(QUICK, false);
                RawClient client = rig.client()) {
            byte[] frame = Frames.ping(1);
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                client.send(new byte[] {frame[sent++]});
                return rig.port.counters.timeouts.sum() == 1;
            });
            assertThat(closing(client.untilClosed().get(0))).isEqualTo(ReasonCode.IDLE_TIMEOUT);
            assertThat(rig.handler.handled).hasValue(0);
        }
    }

    private int sent;

    @Test
    void n8AClientThatNeverReadsIsNotReadAndClosedAfterTheStall() {
        Limits patient = new Limits(
                10,
                10,
                1_024,
                16 * 1024,
                32 * 1024,
                Long.MAX_VALUE / 2,
                Long.MAX_VALUE / 2,
                QUICK.sweepNanos(),
                Limits.Arrivals.standard());
        try (Rig rig = new Rig(patient, false);
                RawClient client = new RawClient(rig.number, 4 * 1024)) {
            rig.handler.payload = new byte[ProtocolLimits.TRANSFER_DATA_MAX];
            client.send(Frames.info(1));
            await().until(() -> !rig.handler.open.isEmpty());
            client.send(Frames.info(2));
            ClientConnection connection = rig.handler.open.iterator().next();
            await().until(() -> {
                client.send(Frames.concat(Collections.nCopies(100, Frames.ping(3))));
                return rig.stalled();
            });
            assertThat(rig.handler.handled.get()).isLessThan(10_000);
            Return notice = new Return.Closing(Refusal.of(ReasonCode.BUSY, "a".repeat(100)));
            for (int i = 0; i < 20_000; i++) {
                connection.notice(notice);
            }
            await().untilAsserted(() ->
                    assertThat(rig.port.counters.noticesDropped.sum()).isBetween(10_000L, 19_000L));
            rig.tickAll(System.nanoTime() + Limits.STALL_NANOS * 2);

            await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        }
    }

    @Test
    @Tag("PRO-11")
    void aSlowReaderGetsEverything() {
        try (Rig rig = new Rig(Limits.standard(), false);
                RawClient client = new RawClient(rig.number, 4 * 1024)) {
            rig.handler.payload = new byte[4 * 1024 * 1024];
            client.send(Frames.info(1)).send(Frames.info(2));
            int packets = ProtocolLimits.packetCount(rig.handler.payload.length);
            List<Got> got = client.next(2 * packets);

            for (long id = 1; id <= 2; id++) {
                long wanted = id;
                assertThat(got.stream().filter(frame -> frame.requestId() == wanted))
                        .extracting(Got::number)
                        .isSorted()
                        .hasSize(packets);
            }
        }
    }
}
