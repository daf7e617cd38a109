package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;

/** The golden bytes were made by another program than this codec; both directions must agree with them. */
@Tag("PRO-3")
@Tag("PRO-4")
@Tag("PRO-6")
@Tag("PRO-7")
@Tag("PRO-8")
class GoldenFramesTest {
    private static final PayloadCodecV1 PAYLOADS = new PayloadCodecV1();

    static Stream<String> requests() {
        return Samples.requests().keySet().stream();
    }

    static Stream<String> returns() {
        return Samples.returns().keySet().stream();
    }

    static Stream<String> payloads() {
        return PayloadSamples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsDecodeToTheirRecord(String name) {
        Samples.SentRequest expected = Samples.requests().get(name);
        FrameView frame = Wire.view(Wire.bytes(name));

        assertThat(frame.requestId()).isEqualTo(expected.requestId());
        assertThat(frame.sessionId()).isEqualTo(expected.session());
        assertThat(frame.sessionIsNone()).isEqualTo(expected.session().isNone());
        assertThat(Wire.CODEC.decodeRequest(frame)).isEqualTo(new DecodeResult.Ok<>(expected.request()));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsEncodeToTheirBytes(String name) {
        Samples.SentRequest sent = Samples.requests().get(name);
        ByteBuf out = Unpooled.buffer();

        Wire.CODEC.encodeRequest(sent.requestId(), sent.session(), sent.request(), out);

        assertThat(Wire.written(out)).isEqualTo(Wire.bytes(name));
    }

    @ParameterizedTest
    @MethodSource("returns")
    void returnsDecodeToTheirRecord(String name) {
        Samples.SentReturn expected = Samples.returns().get(name);
        FrameView frame = Wire.view(Wire.bytes(name));

        assertThat(frame.requestId()).isEqualTo(expected.requestId());
        assertThat(frame.sessionIsNone()).isTrue();
        assertThat(Wire.CODEC.decodeReturn(frame)).isEqualTo(new DecodeResult.Ok<>(expected.answer()));
    }

    @ParameterizedTest
    @MethodSource("returns")
    void returnsEncodeToTheirBytes(String name) {
        Samples.SentReturn sent = Samples.returns().get(name);
        ByteBuf out = Unpooled.buffer();

        Wire.CODEC.encodeReturn(sent.requestId(), sent.answer(), out);

        assertThat(Wire.written(out)).isEqualTo(Wire.bytes(name));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    @Tag("DS-3")
    @Tag("DS-4")
    void payloadsDecodeToTheirRecord(String name) {
        PayloadSamples.Sent expected = PayloadSamples.all().get(name);
        FrameView frame = Wire.view(Wire.bytes(name));

        assertThat(frame.instruction()).isEqualTo(Instruction.DATA.number());
        assertThat(PAYLOADS.decode(expected.request(), frame.copyArguments()))
                .isEqualTo(new DecodeResult.Ok<>(expected.payload()));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsEncodeToTheirBytes(String name) {
        byte[] golden = Wire.bytes(name);
        byte[] payload = PAYLOADS.encode(PayloadSamples.all().get(name).payload());
        ByteBuf out = Unpooled.buffer();

        Wire.CODEC.writeDataHeader(Wire.view(golden).requestId(), new FrameCodec.DataPacket(1, 1, payload.length), out);
        out.writeBytes(payload);

        assertThat(Wire.written(out)).isEqualTo(golden);
    }

    @Test
    void everyInstructionHasGoldenBytesAndEveryGoldenFileIsRead() {
        Set<Integer> seen = Wire.names().stream()
                .map(name -> Wire.view(Wire.bytes(name)).instruction())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> read = Stream.of(
                        requests(), returns(), payloads(), Stream.of("data/seriesPacket1", "data/seriesPacket2"))
                .flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(seen)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Instruction.values())
                        .map(Instruction::number)
                        .toList());
        assertThat(Wire.names()).containsExactlyElementsOf(read);
    }

    @Test
    void framesAreFoundWhereverTheBytesAreSplit() {
        byte[] frame = Wire.bytes("login/frame");
        for (int cut = 0; cut < frame.length; cut++) {
            ByteBuf part = Unpooled.wrappedBuffer(frame, 0, cut);
            int expected = cut < FrameLayout.FROZEN_LENGTH ? FrameCodec.LENGTH_UNKNOWN : frame.length;

            assertThat(Wire.CODEC.frameLength(part, 0, ProtocolLimits.REQUEST_DATA_MAX))
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
    }

    @Test
    void sessionsAreEqualOnlyInAllTheirBytes() {
        FrameView frame = Wire.view(Wire.bytes("logout/frame"));
        for (int i = 0; i < SessionId.LENGTH; i++) {
            byte[] other = Samples.SESSION.toBytes();
            other[i] ^= 1;
            assertThat(frame.sessionEquals(other)).as("byte %d differs", i).isFalse();
        }
    }

    @Test
    void viewsAreReusedAndReadAtAnyOffset() {
        byte[] first = Wire.bytes("getAssetValueCurrent/frame");
        byte[] second = Wire.bytes("login/frame");
        ByteBuf both = Unpooled.wrappedBuffer(first, second);

        FrameView view = Wire.CODEC.view(both, 0, null);
        assertThat(view.argumentsEqual("AAPL".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(view.argumentsEqual("AAPK".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isFalse();
        assertThat(view.argumentsHash())
                .isEqualTo(Arrays.hashCode("AAPL".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(view.sessionEquals(Samples.SESSION.toBytes())).isTrue();
        assertThat(view.sessionEquals(new byte[32])).isFalse();
        assertThat(view.sessionEquals(new byte[31])).isFalse();
        assertThat(view.sessionHash()).isEqualTo(0x00010203);

        assertThat(Wire.CODEC.view(both, first.length, view)).isSameAs(view);
        assertThat(view.instruction()).isEqualTo(Instruction.LOGIN.number());
        assertThat(view.argumentCount()).isEqualTo(3);
    }
}
