package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kaitai.struct.ByteBufferKaitaiStream;
import io.kaitai.struct.JavaMain;
import io.kaitai.struct.KaitaiStream;
import io.kaitai.struct.KaitaiStruct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
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

/** The stock Kaitai Struct compiler makes a parser of docs/protocol.ksy, which must read what the codec reads. */
@Tag("PRO-3")
class KaitaiDescriptionTest {
    private static final Path DESCRIPTION = Path.of("../../docs/protocol.ksy");

    @TempDir
    static Path folder;

    private static URLClassLoader loader;
    private static Class<?> root;

    @BeforeAll
    static void compile() throws Exception {
        JavaMain.main(new String[] {
            "-t", "java", "--java-package", "generated", "-d", folder.toString(), DESCRIPTION.toString()
        });
        Path runtime = Path.of(KaitaiStruct.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path source = folder.resolve("generated/Papertrader.java");
        int result = compiler.run(
                null, null, null, "-proc:none", "-cp", runtime.toString(), "-d", folder.toString(), source.toString());
        assertThat(result).isZero();
        loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, KaitaiDescriptionTest.class.getClassLoader());
        root = loader.loadClass("generated.Papertrader");
    }

    @AfterAll
    static void close() throws IOException {
        loader.close();
    }

    static Stream<String> frames() {
        return Wire.names().stream();
    }

    @ParameterizedTest
    @MethodSource("frames")
    void theHeaderAndArgumentsAreReadAsTheCodecReadsThem(String name) throws Exception {
        byte[] bytes = Wire.bytes(name);
        FrameView expected = Wire.view(bytes);

        List<?> frames = (List<?>) get(parse(root, bytes), "frames");

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
    void recordedTrafficOfManyFramesIsReadToItsEnd() throws Exception {
        ByteArrayOutputStream traffic = new ByteArrayOutputStream();
        for (String name : Wire.names()) {
            traffic.write(Wire.bytes(name));
        }

        List<?> frames = (List<?>) get(parse(root, traffic.toByteArray()), "frames");

        assertThat(frames).hasSize(Wire.names().size());
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void payloadsAreReadToTheirLastByte(String name) throws Exception {
        byte[] data = Wire.view(Wire.bytes(name)).copyArguments();
        KaitaiStruct payload = parse(nested("Payload"), data);

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

        Object series = get(parse(nested("Payload"), joined), "body");
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
        Object[] described =
                loader.loadClass("generated.Papertrader$Instruction").getEnumConstants();

        assertThat(Arrays.stream(described).map(constant -> id(constant) + " " + constant))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Instruction.values())
                        .map(instruction -> instruction.number() + " " + instruction.name())
                        .toList());
    }

    @Test
    void theDescriptionRefusesOtherVersions() {
        byte[] frame = Wire.bytes("ping/frame");
        frame[FrameLayout.VERSION] = 2;

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> parse(root, frame)))
                .rootCause()
                .isInstanceOf(KaitaiStream.ValidationNotEqualError.class);
    }

    private static Object body(String name) throws Exception {
        return get(parse(nested("Payload"), Wire.view(Wire.bytes(name)).copyArguments()), "body");
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

    private static Class<?> nested(String type) throws ClassNotFoundException {
        return loader.loadClass("generated.Papertrader$" + type);
    }

    private static KaitaiStruct parse(Class<?> type, byte[] bytes) throws ReflectiveOperationException {
        return (KaitaiStruct) type.getConstructor(KaitaiStream.class).newInstance(new ByteBufferKaitaiStream(bytes));
    }

    private static Object get(Object object, String field) throws ReflectiveOperationException {
        return object.getClass().getMethod(field).invoke(object);
    }

    private static long id(Object constant) {
        try {
            return (long) get(constant, "id");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(String.format(Locale.ROOT, "%s is no constant", constant), e);
        }
    }
}
