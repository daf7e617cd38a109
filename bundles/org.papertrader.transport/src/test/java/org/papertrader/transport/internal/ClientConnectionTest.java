package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.internal.Frames.Got;

class ClientConnectionTest {
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    @Tag("PRO-1")
    void answersARequest() {
        try (RawClient client = rig.client()) {
            Got got = client.send(Frames.ping(7)).next().orElseThrow();

            assertThat(got.requestId()).isEqualTo(7);
            assertThat(got.value()).isEqualTo(new Return.Pong(FakeHandler.TIME));
        }
        await().untilAsserted(() -> assertThat(rig.handler.events).containsExactly("opened", "closed"));
    }

    @Test
    @Tag("PRO-3")
    void answersFramesSplitAtEveryByte() {
        byte[] two = Frames.concat(List.of(Frames.info(1), Frames.ping(2)));
        rig.handler.payload = new byte[] {1, 2, 3};
        try (RawClient client = rig.client()) {
            for (int cut = 0; cut <= two.length; cut++) {
                client.send(Arrays.copyOfRange(two, 0, cut));
                client.send(Arrays.copyOfRange(two, cut, two.length));

                List<Got> got = client.next(2);
                assertThat(got).as("cut at %d", cut).extracting(Got::requestId).containsExactly(1L, 2L);
                assertThat(got.get(0).data()).containsExactly(1, 2, 3);
            }
            for (byte single : two) {
                client.send(new byte[] {single});
            }
            assertThat(client.next(2)).extracting(Got::requestId).containsExactly(1L, 2L);
        }
    }

    @Test
    @Tag("PRO-3")
    void answersAThousandPipelinedRequests() {
        List<byte[]> frames = new ArrayList<>();
        for (int id = 1; id <= 1_000; id++) {
            frames.add(id % 3 == 0 ? Frames.later(id) : Frames.ping(id));
        }
        try (RawClient client = rig.client()) {
            client.send(Frames.concat(frames));

            assertThat(client.next(1_000))
                    .extracting(Got::requestId)
                    .doesNotHaveDuplicates()
                    .hasSize(1_000);
        }
    }

    @Test
    void tellsWhenFramesCameWithOneLookAtTheClockForThoseOfARead() {
        try (RawClient client = rig.client()) {
            long before = System.currentTimeMillis();
            client.send(Frames.concat(List.of(Frames.ping(1), Frames.ping(2), Frames.ping(3))));
            client.next(3);
            long between = System.currentTimeMillis();
            assertThat(rig.handler.received).hasSize(3).allMatch(time -> time >= before && time <= between);
            assertThat(Set.copyOf(rig.handler.received)).hasSize(1);

            rig.handler.received.clear();
            await().until(() -> System.currentTimeMillis() > between);
            client.send(Frames.ping(4)).next();
            assertThat(rig.handler.received).hasSize(1).allMatch(time -> time > between);
        }
    }

    @Test
    void answersManyConnectionsOfOneLoopThatAskAtOnce() {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                clients.add(rig.client());
            }
            for (int id = 1; id <= 50; id++) {
                for (RawClient client : clients) {
                    client.send(Frames.ping(id));
                }
                for (RawClient client : clients) {
                    assertThat(client.next().orElseThrow().requestId()).isEqualTo(id);
                }
            }
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    @Test
    @Tag("PRO-11")
    void sendsLargePayloadsInNumberedPackets() {
        long seed = System.nanoTime();
        byte[] payload = new byte[5 * 1024 * 1024 + 17];
        new Random(seed).nextBytes(payload);
        rig.handler.payload = payload;
        try (RawClient client = rig.client()) {
            client.send(Frames.info(9));
            int packets = ProtocolLimits.packetCount(payload.length);
            List<Got> got = client.next(packets);

            for (int i = 0; i < packets; i++) {
                assertThat(got.get(i).number()).isEqualTo(i + 1);
                assertThat(got.get(i).max()).isEqualTo(packets);
            }
            assertThat(Frames.concat(got.stream().map(Got::data).toList()))
                    .as("seed %d", seed)
                    .isEqualTo(payload);
        }
    }

    @Test
    @Tag("PRO-11")
    void sendsAnEmptyPayloadAsOneEmptyPacket() {
        try (RawClient client = rig.client()) {
            Got got = client.send(Frames.info(3)).next().orElseThrow();

            assertThat(got.instruction()).isEqualTo(Instruction.DATA.number());
            assertThat(got.number()).isEqualTo(1);
            assertThat(got.max()).isEqualTo(1);
            assertThat(got.data()).isEmpty();
        }
    }

    @Test
    void smallAnswersGoBetweenThePacketsOfATransfer() {
        rig.handler.payload = new byte[ProtocolLimits.TRANSFER_DATA_MAX];
        try (RawClient client = rig.client()) {
            client.send(Frames.concat(List.of(Frames.info(1), Frames.ping(2))));
            List<Got> got = client.next(ProtocolLimits.packetCount(ProtocolLimits.TRANSFER_DATA_MAX) + 1);

            assertThat(got).element(got.size() - 1).extracting(Got::requestId).isEqualTo(1L);
        }
    }

    @Test
    void moreWaitingPayloadThanAllowedIsBusy() {
        rig.handler.payload = new byte[ProtocolLimits.TRANSFER_DATA_MAX];
        try (RawClient client = rig.client()) {
            client.send(Frames.concat(List.of(Frames.info(1), Frames.info(2), Frames.info(3), Frames.ping(4))));
            Got got = client.next().orElseThrow();
            while (got.instruction() == Instruction.DATA.number()) {
                got = client.next().orElseThrow();
            }

            assertThat(got.requestId()).isEqualTo(3);
            assertThat(((Return.Fail) got.value()).refusal().code()).isEqualTo(ReasonCode.BUSY);
        }
    }

    @Test
    void aHandlersFaultCostsItsRequestOnly() {
        try (RawClient client = rig.client()) {
            client.send(Frames.request(5, new Request.Logout())).send(Frames.ping(6));
            List<Got> got = client.next(2);

            assertThat(((Return.Fail) got.get(0).value()).refusal().code()).isEqualTo(ReasonCode.INTERNAL);
            assertThat(got.get(1).requestId()).isEqualTo(6);
        }
    }
}
