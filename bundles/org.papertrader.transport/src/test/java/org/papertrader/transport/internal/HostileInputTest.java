package org.papertrader.transport.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.model.ReasonCode;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Return;
import org.papertrader.transport.internal.Frames.Got;

/** What a client may send that is no sense; the numbers are those of the list of hostile inputs. */
class HostileInputTest {
    private static final byte[] TLS_HELLO = HexFormat.of().parseHex("16030100c8010000c40303" + "5a".repeat(100));

    private final Rig rig = new Rig();

    @AfterEach
    void theServerStillServesAndCountsNobody() {
        try (RawClient client = rig.client()) {
            assertThat(client.send(Frames.ping(1)).next(1)).hasSize(1);
        }
        await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        rig.close();
    }

    private List<Got> exchange(byte[] bytes) {
        try (RawClient client = rig.client()) {
            return client.send(bytes).untilClosed();
        }
    }

    private static ReasonCode reason(Got got) {
        if (got.value() instanceof Return.Closing closing) {
            return closing.refusal().code();
        }
        return ((Return.Fail) got.value()).refusal().code();
    }

    private static byte[] patched(int offset, int value) {
        byte[] frame = Frames.ping(7);
        ByteBuffer.wrap(frame).putInt(offset, value);
        return frame;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, ProtocolLimits.REQUEST_DATA_MAX + 1})
    void n1ALengthThatNoFrameHasEndsTheConnectionBeforeAnythingIsAllocated(int size) {
        List<Got> got = exchange(patched(FrameLayout.DATA_SIZE, size));

        assertThat(got).hasSize(1);
        assertThat(reason(got.get(0))).isEqualTo(ReasonCode.BAD_FRAME);
        assertThat(rig.handler.handled).hasValue(0);
    }

    @Test
    void n3ATruncatedFrameEndsQuietly() {
        for (int i = 0; i < 20; i++) {
            try (RawClient client = rig.client()) {
                client.send(Arrays.copyOf(Frames.info(1), 30));
            }
        }
        await().untilAsserted(() -> assertThat(rig.port.connections()).isZero());
        assertThat(rig.handler.handled).hasValue(0);
    }

    @Test
    @Tag("PRO-8")
    void n4AnUnknownInstructionIsAnErrorAndTheNextFrameIsServed() {
        byte[] unknown = Frames.ping(7);
        ByteBuffer.wrap(unknown).putShort(FrameLayout.INSTRUCTION, (short) 99);
        try (RawClient client = rig.client()) {
            List<Got> got =
                    client.send(Frames.concat(List.of(unknown, Frames.ping(8)))).next(2);

            assertThat(reason(got.get(0))).isEqualTo(ReasonCode.UNKNOWN_INSTRUCTION);
            assertThat(got.get(0).requestId()).isEqualTo(7);
            assertThat(got.get(1).requestId()).isEqualTo(8);
        }
    }

    @Test
    void n7ARequestIdThatIsUnderWayIsAnErrorAndHandledOnce() {
        rig.handler.hold = true;
        try (RawClient client = rig.client()) {
            client.send(Frames.concat(List.of(Frames.ping(5), Frames.ping(5))));
            assertThat(reason(client.next().orElseThrow())).isEqualTo(ReasonCode.BAD_ARGUMENTS);
            assertThat(rig.handler.handled).hasValue(1);
            rig.handler.hold = false;
            rig.handler.answerHeld();
            assertThat(client.next().orElseThrow().value()).isEqualTo(new Return.Pong(FakeHandler.TIME));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 255})
    void n12AnotherVersionIsToldSo(int version) {
        byte[] frame = Frames.ping(7);
        frame[FrameLayout.VERSION] = (byte) version;
        List<Got> got = exchange(frame);

        assertThat(got).hasSize(1);
        assertThat(reason(got.get(0))).isEqualTo(ReasonCode.UNSUPPORTED_VERSION);
    }

    @Test
    void n10TlsOnThePlainPortIsClosed() {
        List<Got> got = exchange(TLS_HELLO);

        assertThat(got).hasSize(1);
        assertThat(reason(got.get(0))).isEqualTo(ReasonCode.UNSUPPORTED_VERSION);
    }

    @Test
    void requestIdZeroAndPacketsOfAClientEndTheConnection() {
        assertThat(reason(exchange(patched(FrameLayout.REQUEST_ID, 0)).get(0))).isEqualTo(ReasonCode.BAD_FRAME);
        assertThat(reason(exchange(patched(FrameLayout.MESSAGE_MAX, 2)).get(0))).isEqualTo(ReasonCode.BAD_FRAME);
        assertThat(reason(exchange(patched(FrameLayout.MESSAGE_NUMBER, 0)).get(0)))
                .isEqualTo(ReasonCode.BAD_FRAME);
        byte[] control = Frames.ping(7);
        control[FrameLayout.MESSAGE_TYPE] = 3;
        assertThat(reason(exchange(control).get(0))).isEqualTo(ReasonCode.BAD_FRAME);
        assertThat(rig.handler.handled).hasValue(0);
    }

    @Test
    void whatCameBeforeABadFrameIsAnsweredAndWhatFollowsIsNot() {
        byte[] bad = patched(FrameLayout.DATA_SIZE, -1);
        List<Got> got = exchange(Frames.concat(List.of(Frames.ping(1), Frames.ping(2), bad, Frames.ping(3))));

        assertThat(got).extracting(Got::requestId).containsExactly(1L, 2L, 0L);
        assertThat(got.get(2).instruction()).isEqualTo(Instruction.ERROR.number());
    }

    @Test
    void aClientThatGoesOnSendingCanStillReadWhyItIsClosed() {
        // Without a sweep: that it is listened to for a second only is no matter of this test.
        try (Rig patient = new Rig(Rig.withoutSweep(), false);
                RawClient client = patient.client()) {
            client.send(patched(FrameLayout.DATA_SIZE, -1));
            for (int i = 0; i < 64; i++) {
                client.send(new byte[128 * 1024]);
            }
            assertThat(reason(client.untilClosed().get(0))).isEqualTo(ReasonCode.BAD_FRAME);
        }
    }

    @Test
    void garbageNeverBreaksTheServer() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            List<byte[]> parts = new ArrayList<>(List.of(Frames.ping(1), Frames.info(2), Frames.later(3)));
            byte[] bytes = Frames.concat(parts);
            for (int flips = random.nextInt(8); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try (RawClient client = rig.client()) {
                client.send(bytes);
                client.socket.shutdownOutput();
                client.untilClosed();
            } catch (IOException | UncheckedIOException e) {
                // The server may have closed before all was sent.
                assertThat(rig.port.connections()).as("seed %d", seed).isGreaterThanOrEqualTo(0);
            }
        }
    }
}
