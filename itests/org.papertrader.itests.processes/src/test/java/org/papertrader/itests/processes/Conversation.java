package org.papertrader.itests.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.papertrader.protocol.described.DescribedProtocol.get;

import io.kaitai.struct.KaitaiStruct;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.papertrader.protocol.described.DescribedProtocol;

/** What went over one connection, as {@code docs/protocol.ksy} alone describes it. */
final class Conversation {
    private static final String DATA = "data";

    private final DescribedProtocol described;
    final List<Frame> requests;
    final List<Frame> returns;

    /**
     * A frame.
     *
     * @param instruction its name in the description
     * @param arguments its string arguments; none in a data packet
     * @param data its data as bytes
     */
    record Frame(
            String instruction, long requestId, byte[] sessionId, long number, List<String> arguments, byte[] data) {}

    private Conversation(DescribedProtocol described, List<Frame> requests, List<Frame> returns) {
        this.described = described;
        this.requests = requests;
        this.returns = returns;
    }

    /** Parses both directions; every byte of both must belong to something that is described. */
    static Conversation parse(DescribedProtocol described, RecordingProxy.Recording recording) throws Exception {
        return new Conversation(
                described,
                frames(described, recording.fromClient().join()),
                frames(described, recording.fromServer().join()));
    }

    private static List<Frame> frames(DescribedProtocol described, byte[] bytes) throws Exception {
        KaitaiStruct traffic = described.traffic(bytes);
        requireConsumed(traffic);
        List<Frame> frames = new ArrayList<>();
        for (Object frame : (List<?>) get(traffic, "frames")) {
            frames.add(new Frame(
                    get(frame, "instruction").toString().toLowerCase(Locale.ROOT),
                    (long) get(frame, "requestId"),
                    (byte[]) get(frame, "sessionId"),
                    (long) get(frame, "dataMessageNumber"),
                    arguments(frame),
                    (byte[]) get(frame, "_raw_data")));
        }
        return frames;
    }

    private static List<String> arguments(Object frame) throws Exception {
        List<String> arguments = new ArrayList<>();
        if ((int) get(frame, "argumentCount") > 0) {
            for (Object word : (List<?>) get(frame, DATA, "words")) {
                arguments.add((String) word);
            }
            arguments.add((String) get(frame, DATA, "last"));
        }
        return arguments;
    }

    /** The arguments of the requests of an instruction, in the order in which they were sent. */
    List<List<String>> argumentsOf(String instruction) {
        return sent(instruction).stream().map(Frame::arguments).toList();
    }

    /** What answered the last request of an instruction: its one return, or the first packet of its transfer. */
    Frame answerTo(String instruction) {
        List<Frame> sent = sent(instruction);
        long requestId = sent.get(sent.size() - 1).requestId;
        return returns.stream()
                .filter(frame -> frame.requestId == requestId)
                .findFirst()
                .orElseThrow();
    }

    /** The transfer that answered the first request of an instruction: the body of its payload. */
    Object bodyOf(String instruction) throws Exception {
        long requestId = sent(instruction).get(0).requestId;
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        long expected = 1;
        for (Frame frame : returns) {
            if (frame.requestId == requestId) {
                assertThat(frame.instruction).isEqualTo(DATA);
                assertThat(frame.number).isEqualTo(expected++);
                joined.writeBytes(frame.data);
            }
        }
        KaitaiStruct payload = described.payload(joined.toByteArray());
        requireConsumed(payload);
        return get(payload, "body");
    }

    private List<Frame> sent(String instruction) {
        List<Frame> sent = requests.stream()
                .filter(frame -> frame.instruction.equals(instruction))
                .toList();
        assertThat(sent).as(instruction).isNotEmpty();
        return sent;
    }

    /** The structure, and all in it that has bytes of its own, was read to the end. */
    private static void requireConsumed(KaitaiStruct structure) throws Exception {
        assertThat(structure._io().isEof())
                .as("all bytes of %s are read", structure.getClass().getSimpleName())
                .isTrue();
        for (Field field : structure.getClass().getDeclaredFields()) {
            if (!field.getName().startsWith("_")) {
                field.setAccessible(true);
                Object value = field.get(structure);
                for (Object each : value instanceof List<?> list ? list : Arrays.asList(value)) {
                    if (each instanceof KaitaiStruct inner) {
                        requireConsumed(inner);
                    }
                }
            }
        }
    }
}
