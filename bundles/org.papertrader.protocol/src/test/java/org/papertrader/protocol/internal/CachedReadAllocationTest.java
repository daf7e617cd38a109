package org.papertrader.protocol.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.papertrader.protocol.api.FrameCodec.DataPacket;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.ProtocolLimits;

/** What a worker does with a frame that its cache can answer allocates nothing. */
class CachedReadAllocationTest {
    private static final int READS = 10_000;
    private static final byte[] AAPL = "AAPL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SESSION = Samples.SESSION.toBytes();
    private static final DataPacket PACKET = new DataPacket(1, 1, 95);

    private final ByteBuf in = Unpooled.wrappedBuffer(Wire.bytes("getAssetValueCurrent/frame"));
    private final ByteBuf out = Unpooled.buffer(256);
    private final FrameView view = Wire.CODEC.view(in, 0, null);

    @Test
    void aCachedReadAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assertThat(reads()).isEqualTo(READS);
        long before = threads.getCurrentThreadAllocatedBytes();
        int hits = reads();
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(hits).isEqualTo(READS);
        assertThat(allocated).as("bytes for %d reads", READS).isLessThan(READS);
    }

    @Test
    void argumentsOfEveryLengthAreCopiedAsTheyAre() {
        for (int length = 0; length <= 200; length++) {
            byte[] data = new byte[length];
            new Random(length).nextBytes(data);
            ByteBuf frame = Unpooled.directBuffer();
            frame.writeZero(3);
            Wire.CODEC.writeDataHeader(1, new DataPacket(1, 1, length), frame);
            frame.writeBytes(data).writeLong(-1);

            assertThat(Wire.CODEC.view(frame, 3, view).copyArguments()).isEqualTo(data);
            frame.release();
        }
    }

    private int reads() {
        int hits = 0;
        for (int i = 0; i < READS; i++) {
            if (Wire.CODEC.frameLength(in, 0, ProtocolLimits.REQUEST_DATA_MAX) == in.writerIndex() && isHit()) {
                out.clear();
                Wire.CODEC.writeDataHeader(view.requestId(), PACKET, out);
                hits++;
            }
        }
        return hits;
    }

    private boolean isHit() {
        FrameView frame = Wire.CODEC.view(in, 0, view);
        return Instruction.ofNumber(frame.instruction()).isPresent()
                && frame.sessionEquals(SESSION)
                && frame.argumentsHash() != 0
                && frame.argumentsEqual(AAPL);
    }
}
