package org.papertrader.protocol.internal;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.papertrader.model.ReasonCode;
import org.papertrader.model.Refusal;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.DecodeResult;
import org.papertrader.protocol.api.FrameCodec;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;
import org.papertrader.protocol.api.Instruction;
import org.papertrader.protocol.api.MessageType;
import org.papertrader.protocol.api.ProtocolLimits;
import org.papertrader.protocol.api.Request;
import org.papertrader.protocol.api.Return;

/** Frames of protocol version 1 (PRO-3, PRO-4). */
@Component(service = FrameCodec.class, property = FrameCodec.VERSION_PROPERTY + ":Integer=1")
public final class FrameCodecV1 implements FrameCodec {
    static final int VERSION = 1;

    /** Version, type and instruction of a data packet, at the places of the first 8 bytes. */
    private static final long DATA_HEAD = (long) VERSION << 56
            | (long) MessageType.DATA_TRANSFER.number() << 48
            | (long) Instruction.DATA.number() << 32;

    private static final long U32 = 0xFFFF_FFFFL;

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public int frameLength(ByteBuf in, int index, int dataMax) {
        int available = in.writerIndex() - index;
        if (available > FrameLayout.VERSION && in.getByte(index + FrameLayout.VERSION) != VERSION) {
            return HOPELESS;
        }
        if (available > FrameLayout.MESSAGE_TYPE && !isMessageType(in, index)) {
            return HOPELESS;
        }
        if (available < FrameLayout.FROZEN_LENGTH) {
            return LENGTH_UNKNOWN;
        }
        long dataSize = in.getUnsignedInt(index + FrameLayout.DATA_SIZE);
        return dataSize > dataMax ? HOPELESS : FrameLayout.DATA + (int) dataSize;
    }

    @Override
    public Refusal hopelessReason(ByteBuf in, int index, int dataMax) {
        int available = in.writerIndex() - index;
        if (available > FrameLayout.VERSION && in.getByte(index + FrameLayout.VERSION) != VERSION) {
            int version = in.getUnsignedByte(index + FrameLayout.VERSION);
            return Refusal.of(
                    ReasonCode.UNSUPPORTED_VERSION,
                    "Protocol version " + version + " is not spoken here; version " + VERSION + " is.");
        }
        if (available > FrameLayout.MESSAGE_TYPE && !isMessageType(in, index)) {
            return Refusal.of(ReasonCode.BAD_FRAME, "messageType must be 1, 2 or 3.");
        }
        return Refusal.of(ReasonCode.BAD_FRAME, "dataSize must be at most " + dataMax + ".");
    }

    @Override
    public FrameView view(ByteBuf in, int index, @Nullable FrameView reuse) {
        return (reuse instanceof FrameViewV1 own ? own : new FrameViewV1()).wrap(in, index);
    }

    @Override
    public DecodeResult<Request> decodeRequest(FrameView frame) {
        try {
            return new DecodeResult.Ok<>(RequestDecoder.decode(checkedRequest(frame), frame));
        } catch (BadMessage e) {
            return new DecodeResult.Malformed<>(e.refusal());
        }
    }

    @Override
    public DecodeResult<Return> decodeReturn(FrameView frame) {
        try {
            return new DecodeResult.Ok<>(ReturnDecoder.decode(checkedReturn(frame), frame));
        } catch (BadMessage e) {
            return new DecodeResult.Malformed<>(e.refusal());
        }
    }

    @Override
    public void encodeRequest(long requestId, SessionId session, Request request, ByteBuf out) {
        if (requestId < 1 || requestId > ProtocolLimits.REQUEST_ID_MAX) {
            throw new IllegalArgumentException("a request id is 1 to 2^32 - 1: " + requestId);
        }
        List<String> arguments = RequestEncoder.arguments(request);
        writeText(new Head(request.instruction(), requestId, session), arguments, out);
    }

    @Override
    public void encodeReturn(long requestId, Return answer, ByteBuf out) {
        List<String> arguments = ReturnEncoder.arguments(answer);
        writeText(new Head(answer.instruction(), requestId, SessionId.NONE), arguments, out);
    }

    /** Few large writes, as each write to a buffer is checked; the fields are put together here. */
    @Override
    public void writeDataHeader(long requestId, DataPacket packet, ByteBuf out) {
        out.ensureWritable(FrameLayout.DATA);
        out.writeLong(DATA_HEAD | packet.dataSize());
        out.writeLong((long) packet.number() << 16 | packet.max() >>> 16);
        out.writeLong((long) packet.max() << 48 | (requestId & U32) << 16);
        // The two bytes above and these are the session id, which is zero in all that a server sends.
        out.writeLong(0);
        out.writeLong(0);
        out.writeLong(0);
        out.writeInt(0);
        out.writeShort(0);
    }

    private record Head(Instruction instruction, long requestId, SessionId session) {}

    private static void writeText(Head head, List<String> arguments, ByteBuf out) {
        byte[] data = String.join(" ", arguments).getBytes(StandardCharsets.UTF_8);
        int dataMax = head.instruction().isRequest() ? ProtocolLimits.REQUEST_DATA_MAX : ProtocolLimits.RETURN_DATA_MAX;
        if (data.length > dataMax) {
            throw new IllegalArgumentException(head.instruction() + " has " + data.length + " bytes of data");
        }
        out.writeByte(VERSION);
        out.writeByte(head.instruction().messageType().number());
        out.writeShort(head.instruction().number());
        out.writeInt(data.length);
        out.writeShort(arguments.size());
        out.writeInt(1);
        out.writeInt(1);
        out.writeInt((int) head.requestId());
        out.writeBytes(head.session().toBytes());
        out.writeBytes(data);
    }

    private static boolean isMessageType(ByteBuf in, int index) {
        int type = in.getByte(index + FrameLayout.MESSAGE_TYPE);
        return type >= 1 && type <= 3;
    }

    private static Instruction checkedRequest(FrameView frame) {
        if (frame.messageType() == MessageType.CONTROL.number()) {
            throw new BadMessage(ReasonCode.BAD_FRAME, "A client does not send messages of type 3.");
        }
        if (frame.requestId() == ProtocolLimits.REQUEST_ID_NOTICE) {
            throw new BadMessage(ReasonCode.BAD_FRAME, "Request id 0 is reserved for notices.");
        }
        requireSinglePacket(frame);
        Instruction instruction = known(frame);
        if (!instruction.isRequest()) {
            throw new BadMessage(ReasonCode.UNKNOWN_INSTRUCTION, "A client does not send " + instruction.text() + ".");
        }
        return instruction;
    }

    private static Instruction checkedReturn(FrameView frame) {
        requireSinglePacket(frame);
        Instruction instruction = known(frame);
        if (instruction.messageType() != MessageType.CONTROL) {
            throw new BadMessage(ReasonCode.UNKNOWN_INSTRUCTION, instruction.text() + " is no return.");
        }
        return instruction;
    }

    private static void requireSinglePacket(FrameView frame) {
        if (frame.messageNumber() != 1 || frame.messageMax() != 1) {
            throw new BadMessage(
                    ReasonCode.BAD_FRAME, "dataMessageNumber and dataMessageMax must be 1 in all but data packets.");
        }
    }

    private static Instruction known(FrameView frame) {
        Instruction instruction = Instruction.ofNumber(frame.instruction())
                .orElseThrow(() -> new BadMessage(
                        ReasonCode.UNKNOWN_INSTRUCTION, "No instruction has the number " + frame.instruction() + "."));
        if (instruction.messageType().number() != frame.messageType()) {
            throw new BadMessage(
                    ReasonCode.UNKNOWN_INSTRUCTION,
                    instruction.text() + " has messageType "
                            + instruction.messageType().number() + ", not " + frame.messageType() + ".");
        }
        return instruction;
    }
}
