package org.papertrader.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameCodec.DataPacket;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.ProtocolLimits;

@Tag("PRO-11")
class DataAssemblerTest {
    private static final FrameCodec CODEC = ProtocolV1.frames();

    private final DataAssembler assembler = new DataAssembler();

    @Test
    void packetsInOrderBecomeThePayloadWithProgress() {
        assertThat(assembler.accept(packet(1, 3, 'a', 'b'))).isEqualTo(new DataAssembler.Partial(1, 3, 2));
        assertThat(assembler.accept(packet(2, 3, 'c'))).isEqualTo(new DataAssembler.Partial(2, 3, 3));
        assertThat(payload(assembler.accept(packet(3, 3, 'd')))).containsExactly('a', 'b', 'c', 'd');
    }

    @Test
    void anEmptyResultIsOneEmptyPacket() {
        assertThat(payload(assembler.accept(packet(1, 1)))).isEmpty();
    }

    @Test
    void packetsOutOfOrderBreakTheTransfer() {
        assertBroken(assembler.accept(packet(2, 3, 'a')));
    }

    @Test
    void repeatedAndSkippedPacketsBreakTheTransfer() {
        assembler.accept(packet(1, 3, 'a'));
        assertBroken(assembler.accept(packet(1, 3, 'a')));
        assertBroken(assembler.accept(packet(3, 3, 'c')));
    }

    @Test
    void aTotalThatChangesBreaksTheTransfer() {
        assembler.accept(packet(1, 3, 'a'));
        assertBroken(assembler.accept(packet(2, 4, 'b')));
    }

    @Test
    void impossibleNumbersBreakTheTransfer() {
        assertBroken(new DataAssembler().accept(raw(0, 1)));
        assertBroken(new DataAssembler().accept(raw(1, 0)));
        assertBroken(new DataAssembler().accept(raw(2, 1)));
        assertBroken(new DataAssembler().accept(raw(1, ProtocolLimits.TRANSFER_PACKETS_MAX + 1)));
        assertBroken(new DataAssembler().accept(raw(-1, -1)));
    }

    @Test
    void atMostSoManyBytesAreKept() {
        byte[] full = new byte[ProtocolLimits.RETURN_DATA_MAX];
        int packets = ProtocolLimits.TRANSFER_DATA_MAX / full.length;
        for (int i = 1; i <= packets; i++) {
            assertThat(assembler.accept(packet(i, packets + 1, full))).isInstanceOf(DataAssembler.Partial.class);
        }
        assertBroken(assembler.accept(packet(packets + 1, packets + 1, 'x')));
    }

    private static FrameView packet(int number, int max, int... data) {
        byte[] bytes = new byte[data.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) data[i];
        }
        return packet(number, max, bytes);
    }

    private static FrameView packet(int number, int max, byte[] data) {
        ByteBuf out = Unpooled.buffer();
        CODEC.writeDataHeader(7, new DataPacket(number, max, data.length), out);
        return CODEC.view(out.writeBytes(data), 0, null);
    }

    private static FrameView raw(int number, int max) {
        ByteBuf out = Unpooled.buffer();
        CODEC.writeDataHeader(7, new DataPacket(1, 1, 0), out);
        out.setInt(10, number).setInt(14, max);
        return CODEC.view(out, 0, null);
    }

    private static byte[] payload(DataAssembler.Step step) {
        assertThat(step).isInstanceOf(DataAssembler.Complete.class);
        return ((DataAssembler.Complete) step).payload();
    }

    private static void assertBroken(DataAssembler.Step step) {
        assertThat(step).isInstanceOf(DataAssembler.Broken.class);
    }
}
