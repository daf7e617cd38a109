package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.MessageType;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;

/** Every valid request, spoilt in every way that a header or its data can be. */
@Tag("PRO-3")
@Tag("PRO-4")
class MalformedFramesTest {
    private static final int MAX = ProtocolLimits.REQUEST_DATA_MAX;

    static Stream<String> requests() {
        return Samples.requests().keySet().stream();
    }

    static Stream<String> requestsWithData() {
        return requests().filter(name -> Wire.bytes(name).length > FrameLayout.DATA);
    }

    static Stream<String> returnsWithData() {
        return Samples.returns().keySet().stream().filter(name -> Wire.bytes(name).length > FrameLayout.DATA);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void otherVersionsAreHopelessFromTheirFirstByte(String name) {
        for (int version : new int[] {0, 2, 0x16, 'P', 255}) {
            byte[] frame = Wire.bytes(name);
            frame[FrameLayout.VERSION] = (byte) version;
            assertHopeless(frame, ReasonCode.UNSUPPORTED_VERSION);
            assertHopeless(Arrays.copyOf(frame, 1), ReasonCode.UNSUPPORTED_VERSION);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void unknownMessageTypesAreHopeless(String name) {
        for (int type : new int[] {0, 4, 255}) {
            byte[] frame = Wire.bytes(name);
            frame[FrameLayout.MESSAGE_TYPE] = (byte) type;
            assertHopeless(frame, ReasonCode.BAD_FRAME);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aTypeThatIsNotTheInstructionsIsRefused(String name) {
        byte[] frame = Wire.bytes(name);
        frame[FrameLayout.MESSAGE_TYPE] ^= 3;
        assertMalformed(frame, ReasonCode.UNKNOWN_INSTRUCTION);

        frame[FrameLayout.MESSAGE_TYPE] = (byte) MessageType.CONTROL.number();
        assertMalformed(frame, ReasonCode.BAD_FRAME);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void unknownInstructionsAreRefused(String name) {
        for (int number : new int[] {0, 99, 199, 299, 301, 0xFFFF}) {
            byte[] frame = Wire.bytes(name);
            buffer(frame).setShort(FrameLayout.INSTRUCTION, number);
            assertMalformed(frame, ReasonCode.UNKNOWN_INSTRUCTION);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void lengthsTooLargeOrNegativeAreHopelessBeforeTheDataAreThere(String name) {
        for (long size : new long[] {MAX + 1, Integer.MAX_VALUE, 0x8000_0000L, 0xFFFF_FFFFL}) {
            byte[] frame = Arrays.copyOf(Wire.bytes(name), FrameLayout.FROZEN_LENGTH);
            buffer(frame).setInt(FrameLayout.DATA_SIZE, (int) size);
            assertHopeless(frame, ReasonCode.BAD_FRAME);
        }
    }

    @ParameterizedTest
    @MethodSource("requestsWithData")
    void aLengthTooSmallLeavesBytesThatAreNoFrame(String name) {
        byte[] frame = Wire.bytes(name);
        ByteBuf in = buffer(frame);
        in.setInt(FrameLayout.DATA_SIZE, frame.length - FrameLayout.DATA - 1);

        int length = Wire.CODEC.frameLength(in, 0, MAX);

        assertThat(length).isEqualTo(frame.length - 1);
        assertThat(Wire.CODEC.frameLength(in, length, MAX)).isEqualTo(FrameCodec.HOPELESS);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aLengthTooLargeSwallowsTheNextFrameAndIsRefused(String name) {
        byte[] frame = Wire.bytes(name);
        ByteBuf in = Unpooled.wrappedBuffer(frame, Wire.bytes("ping/frame"));
        in.setInt(FrameLayout.DATA_SIZE, frame.length - FrameLayout.DATA + 1);

        assertThat(Wire.CODEC.frameLength(in, 0, MAX)).isEqualTo(frame.length + 1);
        assertThat(refusal(Wire.CODEC.decodeRequest(Wire.CODEC.view(in, 0, null))))
                .isEqualTo(ReasonCode.BAD_ARGUMENTS);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void truncatedFramesAreNeverTakenForWholeOnes(String name) {
        byte[] frame = Wire.bytes(name);
        for (int cut = FrameLayout.FROZEN_LENGTH; cut < frame.length; cut++) {
            assertThat(Wire.CODEC.frameLength(Unpooled.wrappedBuffer(frame, 0, cut), 0, MAX))
                    .as("cut at %d", cut)
                    .isGreaterThan(cut);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void wrongArgumentCountsAreRefused(String name) {
        int right = Wire.view(Wire.bytes(name)).argumentCount();
        for (int count : new int[] {0, right - 1, right + 1, ProtocolLimits.REQUEST_ARGUMENTS_MAX + 1, 0xFFFF}) {
            if (count != right && count >= 0) {
                byte[] frame = Wire.bytes(name);
                buffer(frame).setShort(FrameLayout.ARGUMENT_COUNT, count);
                assertMalformed(frame, ReasonCode.BAD_ARGUMENTS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("requestsWithData")
    void badUtf8AndControlCharactersAreRefused(String name) {
        for (int bad : new int[] {0xFF, 0xC0, 0x80, 0x00, 0x0A, 0x1B, 0x7F}) {
            byte[] frame = Wire.bytes(name);
            frame[frame.length - 1] = (byte) bad;
            assertMalformed(frame, ReasonCode.BAD_ARGUMENTS);
        }
    }

    @ParameterizedTest
    @MethodSource("returnsWithData")
    void returnsWithBadUtf8AreRefusedToo(String name) {
        byte[] frame = Wire.bytes(name);
        frame[frame.length - 1] = (byte) 0xFF;

        assertThat(refusal(Wire.CODEC.decodeReturn(Wire.view(frame)))).isEqualTo(ReasonCode.BAD_ARGUMENTS);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void packetNumbersAndTheNoticesRequestIdAreRefused(String name) {
        assertMalformed(with(name, FrameLayout.MESSAGE_NUMBER, 0), ReasonCode.BAD_FRAME);
        assertMalformed(with(name, FrameLayout.MESSAGE_NUMBER, 2), ReasonCode.BAD_FRAME);
        assertMalformed(with(name, FrameLayout.MESSAGE_MAX, 0), ReasonCode.BAD_FRAME);
        assertMalformed(with(name, FrameLayout.MESSAGE_MAX, 2), ReasonCode.BAD_FRAME);
        assertMalformed(with(name, FrameLayout.REQUEST_ID, 0), ReasonCode.BAD_FRAME);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LOGIN|-alice c9c88f158cf57617be78a1bb417e112890f4be1a157c1a24e6e69de0931245e8 true|BAD_USER_NAME",
                "LOGIN|alice C9c88f158cf57617be78a1bb417e112890f4be1a157c1a24e6e69de0931245e8 true|BAD_PASSWORD_HASH",
                "LOGIN|alice c9c88f15 true|BAD_PASSWORD_HASH",
                "LOGIN|alice c9c88f158cf57617be78a1bb417e112890f4be1a157c1a24e6e69de0931245e8 yes|BAD_ARGUMENTS",
                "REGISTER|alice alice c9c88f158cf57617be78a1bb417e112890f4be1a157c1a24e6e69de0931245e8|BAD_EMAIL",
                "PURCHASE_ASSET|AAPL 0|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL -1|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL +1|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL 1e3|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL 1.|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL .5|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL 1,5|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL 0.000000001|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL 12345678901|BAD_QUANTITY",
                "PURCHASE_ASSET|AAPL NaN|BAD_QUANTITY",
                "PURCHASE_ASSET|aapl 1|UNKNOWN_ASSET",
                "PURCHASE_ASSET|ABCDEFGHIJKLMNOPQ 1|UNKNOWN_ASSET",
                "SELL_ASSET|AAPL 1 0123456789012345678901234567890123456|BAD_ARGUMENTS",
                "SELL_ASSET|AAPL 1 schön|BAD_ARGUMENTS",
                "SELL_ASSET|AAPL  1|BAD_ARGUMENTS",
                "SWITCH_STATE|DATA|BAD_ARGUMENTS",
                "CANCEL_ORDER|0|BAD_ARGUMENTS",
                "CANCEL_ORDER|-5|BAD_ARGUMENTS",
                "CANCEL_ORDER|9223372036854775808|BAD_ARGUMENTS",
                "GET_ASSET_VALUE_DAY|AAPL 2016-02-30|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-3-1|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 1899-12-31|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T15:30:00|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T15:30:00+01:00|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T24:00:01Z|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T24:00:00Z|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T23:59:60Z|BAD_DATE",
                "GET_ASSET_VALUE_DAY|AAPL 2200-01-01|BAD_DATE",
                "REGISTER|- nobody xx|BAD_USER_NAME",
                "REGISTER|Alice nobody xx|BAD_EMAIL",
                "REGISTER|Alice a\u00a0b@example.org xx|BAD_EMAIL",
                "REGISTER|Alice a@b\u2028.org xx|BAD_EMAIL",
                "GET_USER_TRANSACTION_HISTORY|- x|UNKNOWN_USER",
                "GET_ASSET_VALUE_DAY|AAPL 2016-03-01T15:30:00.1234Z|BAD_DATE",
                "LIST_ASSETS|a|BAD_ARGUMENTS",
                "LIST_ASSETS|* lower|BAD_ARGUMENTS",
                "GET_USER_INFO|no/name|UNKNOWN_USER",
                "GET_USER_TRANSACTION_HISTORY|alice -1|BAD_ARGUMENTS",
                "GET_ORDERS|closed|BAD_ARGUMENTS",
            })
    void argumentsOfTheWrongFormAreRefusedWithTheirOwnReason(
            Instruction instruction, String arguments, ReasonCode code) {
        int count = arguments.replaceAll(" +", " ").split(" ").length;
        assertMalformed(frame(instruction, count, arguments.getBytes(StandardCharsets.UTF_8)), code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAPL  1", " AAPL 1", "AAPL 1 ", "AAPL 1  "})
    void emptyArgumentsAreRefused(String arguments) {
        assertMalformed(
                frame(Instruction.PURCHASE_ASSET, 3, arguments.getBytes(StandardCharsets.UTF_8)),
                ReasonCode.BAD_ARGUMENTS);
    }

    @Test
    void whatAServerSendsIsNoRequest() {
        byte[] frame = Wire.bytes("data/series");
        assertMalformed(frame, ReasonCode.UNKNOWN_INSTRUCTION);
        assertMalformed(with("workers/frame", FrameLayout.REQUEST_ID, 5), ReasonCode.BAD_FRAME);
        assertThat(refusal(Wire.CODEC.decodeReturn(Wire.view(frame)))).isEqualTo(ReasonCode.UNKNOWN_INSTRUCTION);
        assertThat(refusal(Wire.CODEC.decodeReturn(Wire.view(Wire.bytes("login/frame")))))
                .isEqualTo(ReasonCode.UNKNOWN_INSTRUCTION);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 0x1_0000_0000L})
    void requestIdsOutOfRangeCannotBeEncoded(long requestId) {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Wire.CODEC.encodeRequest(requestId, SessionId.NONE, new Request.Ping(), Unpooled.buffer()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",ab",
                ",ABababababababababababababababababababababababababababababababab",
                ",zzabababababababababababababababababababababababababababababababab",
                ",ababababababababababababababababababababababababababababababababab12"
            })
    void aWorkerWithoutASoundFingerprintIsRefused(String end) {
        byte[] frame = workers("0b9f1c1e-5b8e-4c3a-9a39-2f1f6f3f7a01,127.0.0.1,2049,worker-1,local" + end);

        assertThat(refusal(Wire.CODEC.decodeReturn(Wire.view(frame)))).isEqualTo(ReasonCode.BAD_ARGUMENTS);
    }

    @Test
    void valuesOfAWorkerThatAreNewAreIgnored() {
        byte[] frame = workers("0b9f1c1e-5b8e-4c3a-9a39-2f1f6f3f7a01,127.0.0.1,2049,worker-1,local,,later");

        assertThat(Wire.CODEC.decodeReturn(Wire.view(frame))).isInstanceOf(DecodeResult.Ok.class);
    }

    private static byte[] workers(String text) {
        return frame(Instruction.WORKERS, 1, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void reasonsOfNewerServersKeepTheirWord() {
        byte[] frame =
                frame(Instruction.ERROR, 2, "outOfCheese Please reinstall universe.".getBytes(StandardCharsets.UTF_8));

        assertThat(Wire.CODEC.decodeReturn(Wire.view(frame)))
                .isEqualTo(new DecodeResult.Ok<>(
                        new org.papertrader.protocol.api.Return.Failure(org.papertrader.model.Refusal.of(
                                ReasonCode.INTERNAL, "outOfCheese: Please reinstall universe."))));
    }

    private static byte[] frame(Instruction instruction, int count, byte[] data) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(1).writeByte(instruction.messageType().number()).writeShort(instruction.number());
        out.writeInt(data.length)
                .writeShort(count)
                .writeInt(1)
                .writeInt(1)
                .writeInt(1)
                .writeZero(32)
                .writeBytes(data);
        return Wire.written(out);
    }

    private static byte[] with(String name, int offset, int value) {
        byte[] frame = Wire.bytes(name);
        buffer(frame).setInt(offset, value);
        return frame;
    }

    private static ByteBuf buffer(byte[] frame) {
        return Unpooled.wrappedBuffer(frame);
    }

    private static void assertHopeless(byte[] frame, ReasonCode code) {
        assertThat(Wire.CODEC.frameLength(buffer(frame), 0, MAX)).isEqualTo(FrameCodec.HOPELESS);
        assertThat(Wire.CODEC.hopelessReason(buffer(frame), 0, MAX).code()).isEqualTo(code);
    }

    private static void assertMalformed(byte[] frame, ReasonCode code) {
        assertThat(refusal(Wire.CODEC.decodeRequest(Wire.view(frame)))).isEqualTo(code);
    }

    private static ReasonCode refusal(DecodeResult<?> result) {
        assertThat(result).isInstanceOf(DecodeResult.Malformed.class);
        return ((DecodeResult.Malformed<?>) result).refusal().code();
    }
}
