package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.protocol.described.DescribedProtocol.get;
import static org.papertrader.protocol.described.DescribedProtocol.id;

import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.described.DescribedProtocol;

/** The stock Kaitai Struct compiler makes a parser of docs/protocol.ksy, which must read what the codec reads. */
@Tag("PRO-3")
class KaitaiDescriptionTest {
    @TempDir
    static Path folder;

    private static DescribedProtocol described;

    @BeforeAll
    static void compile() throws IOException {
        described = DescribedProtocol.compile(Path.of("../../docs"), folder);
    }

    @AfterAll
    static void close() throws IOException {
        described.close();
    }

    static Stream<String> frames() {
        return Wire.names().stream();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void theHeaderAndArgumentsAreReadAsTheCodecReadsThem(String name) throws Exception {
        byte[] bytes = Wire.bytes(name);
        FrameView expected = Wire.view(bytes);

        List<?> frames = (List<?>) get(described.traffic(bytes), "frames");

        assertThat(frames).hasSize(1);
        Object frame = frames.get(0);
        assertThat(get(frame, "version")).isEqualTo(expected.version());
        assertThat(id(get(frame, "messageType"))).isEqualTo(expected.messageType());
        assertThat(id(get(frame, "instruction"))).isEqualTo(expected.instruction());
        assertThat(get(frame, "dataSize")).isEqualTo((long) expected.dataLength());
        assertThat(get(frame, "argumentCount")).isEqualTo(expected.argumentCount());
        assertThat(get(frame, "dataMessageNumber")).isEqualTo(expected.messageNumber());
        assertThat(get(frame, "dataMessageMax")).isEqualTo(expected.messageMax());
        assertThat(get(frame, "requestId")).isEqualTo(expected.requestId());
        assertThat((byte[]) get(frame, "sessionId"))
                .isEqualTo(expected.sessionId().toBytes());
        if (!name.startsWith("data/")) {
            assertThat(text(frame)).isEqualTo(utf8(expected.copyArguments()));
        }
    }

    @Test
    @Tag("PRO-11")
    void manyFramesInARowAreReadToTheirEnd() throws Exception {
        ByteArrayOutputStream traffic = new ByteArrayOutputStream();
        for (String name : Wire.names()) {
            traffic.write(Wire.bytes(name));
        }

        List<?> frames = (List<?>) get(described.traffic(traffic.toByteArray()), "frames");

        assertThat(frames).hasSize(Wire.names().size());
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsAreReadToTheirLastByte(String name) throws Exception {
        byte[] data = Wire.view(Wire.bytes(name)).copyArguments();
        KaitaiStruct payload = described.payload(data);

        assertThat(id(get(payload, "kind"))).isEqualTo((long) data[0]);
        assertThat(payload._io().isEof()).as("all bytes read").isTrue();
    }

    static Stream<String> payloads() {
        return PayloadSamples.all().keySet().stream();
    }

    @Test
    @Tag("DS-3")
    void rowsOfASeriesHaveTheirExactValues() throws Exception {
        byte[] first = Wire.view(Wire.bytes("data/seriesPacket1")).copyArguments();
        byte[] second = Wire.view(Wire.bytes("data/seriesPacket2")).copyArguments();
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);

        Object series = get(described.payload(joined), "body");
        List<?> rows = (List<?>) get(series, "rows");

        assertThat(get(get(series, "symbol"), "value")).isEqualTo("AAPL");
        assertThat(rows).hasSize(2);
        assertThat(get(rows.get(1), "start")).isEqualTo(1456876800000L);
        assertThat(get(get(rows.get(1), "close"), "mantissa")).isEqualTo(10075000000L);
        assertThat(get(get(rows.get(1), "close"), "scale")).isEqualTo(8);
        assertThat(get(get(rows.get(1), "volume"), "mantissa")).isEqualTo(331695600L);
        assertThat(get(get(rows.get(1), "volume"), "scale")).isEqualTo(4);
    }

    @Test
    @Tag("DS-4")
    void portfoliosTransactionsAndOrdersHaveTheirFields() throws Exception {
        Object portfolio = get(get(body("data/portfolioOwn"), "privatePart"), "rows");
        Object position = get(((List<?>) portfolio).get(0), "fields");
        assertThat(get(get(position, "unrealisedProfit"), "mantissa")).isEqualTo(78_750L);

        Object transaction = get(((List<?>) get(body("data/transactions"), "rows")).get(2), "fields");
        assertThat(get(get(transaction, "reasonCode"), "value")).isEqualTo("cancelledByUser");
        assertThat(get(transaction, "priceTime")).isEqualTo(0L);

        List<?> orders = (List<?>) get(body("data/orders"), "rows");
        assertThat(get(get(get(orders.get(1), "fields"), "clientOrderId"), "value"))
                .isEqualTo("first-order");
        assertThat(get(get(orders.get(0), "fields"), "closedAt")).isEqualTo(0L);
    }

    @Test
    void theInstructionsOfTheDescriptionAreThoseOfTheCode() throws Exception {
        List<String> instructions = new ArrayList<>();
        for (Object constant : described.instructions()) {
            instructions.add(id(constant) + " " + constant);
        }
        assertThat(instructions)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Instruction.values())
                        .map(instruction -> instruction.number() + " " + instruction.name())
                        .toList());
    }

    @Test
    void theDescriptionRefusesOtherVersions() {
        byte[] frame = Wire.bytes("ping/frame");
        frame[FrameLayout.VERSION] = 2;

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> described.traffic(frame)))
                .rootCause()
                .isInstanceOf(KaitaiStream.ValidationNotEqualError.class);
    }

    private static Object body(String name) throws Exception {
        return get(described.payload(Wire.view(Wire.bytes(name)).copyArguments()), "body");
    }

    private static String text(Object frame) throws Exception {
        Object data = get(frame, "data");
        StringBuilder joined = new StringBuilder();
        for (Object word : (List<?>) get(data, "words")) {
            joined.append(word).append(' ');
        }
        return joined.append(get(data, "last")).toString();
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
