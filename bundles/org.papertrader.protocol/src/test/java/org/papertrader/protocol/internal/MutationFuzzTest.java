package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;

/** Golden frames with some bytes changed, cut or added: decoding answers, and never throws. */
@Tag("PRO-3")
class MutationFuzzTest {
    private static final int MUTATIONS = 200_000;
    private static final PayloadCodecV1 PAYLOADS = new PayloadCodecV1();

    @Test
    void decodingNeverThrows() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> golden = Wire.names().stream().map(Wire::bytes).toList();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = mutated(golden.get(random.nextInt(golden.size())), random);
            assertThatCode(() -> decodeAll(bytes, random.split()))
                    .as(
                            "seed %d, -Dfuzz.seed=%d, bytes %s",
                            seed, seed, HexFormat.of().formatHex(bytes))
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] mutated(byte[] golden, SplittableRandom random) {
        byte[] bytes = golden.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int header = random.nextInt(3);
            int end = header == 0 ? Math.min(bytes.length, FrameLayout.SESSION_ID) : bytes.length;
            int from = header == 1 && bytes.length > FrameLayout.DATA ? FrameLayout.DATA : 0;
            bytes[from + random.nextInt(end - from)] = (byte) random.nextInt(256);
        }
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            case 1 -> Arrays.copyOf(bytes, bytes.length + random.nextInt(20));
            default -> bytes;
        };
    }

    /** What a server and a client do with the bytes; the payload is tried as the answer to anything. */
    private static void decodeAll(byte[] bytes, SplittableRandom random) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        int length = Wire.CODEC.frameLength(in, 0, ProtocolLimits.RETURN_DATA_MAX);
        if (length == FrameCodec.HOPELESS) {
            Wire.CODEC.hopelessReason(in, 0, ProtocolLimits.RETURN_DATA_MAX);
        } else if (length > 0 && length <= bytes.length) {
            FrameView frame = Wire.CODEC.view(in, 0, null);
            Wire.CODEC.decodeRequest(frame);
            Wire.CODEC.decodeReturn(frame);
            Instruction[] all = Instruction.values();
            PAYLOADS.decode(all[random.nextInt(all.length)], frame.copyArguments());
            for (PayloadKind kind : PayloadKind.values()) {
                if (frame.dataLength() > 0 && in.getByte(FrameLayout.DATA) == kind.number()) {
                    PAYLOADS.decode(requestOf(kind), frame.copyArguments());
                }
            }
        }
    }

    private static Instruction requestOf(PayloadKind kind) {
        return Arrays.stream(Instruction.values())
                .filter(instruction -> instruction.number() >= 100 && instruction.number() < 200)
                .filter(instruction -> PayloadKind.of(instruction) == kind)
                .findFirst()
                .orElseThrow();
    }
}
