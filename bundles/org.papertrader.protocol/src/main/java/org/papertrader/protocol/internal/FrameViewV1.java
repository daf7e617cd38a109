package org.papertrader.protocol.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;

/** Reads the fields where they lie; allocates only in the methods that copy. */
final class FrameViewV1 implements FrameView {
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;

    FrameViewV1 wrap(ByteBuf newBuffer, int index) {
        this.buffer = newBuffer;
        this.start = index;
        return this;
    }

    @Override
    public int version() {
        return buffer.getUnsignedByte(start + FrameLayout.VERSION);
    }

    @Override
    public int messageType() {
        return buffer.getUnsignedByte(start + FrameLayout.MESSAGE_TYPE);
    }

    @Override
    public int instruction() {
        return buffer.getUnsignedShort(start + FrameLayout.INSTRUCTION);
    }

    @Override
    public int argumentCount() {
        return buffer.getUnsignedShort(start + FrameLayout.ARGUMENT_COUNT);
    }

    @Override
    public long messageNumber() {
        return buffer.getUnsignedInt(start + FrameLayout.MESSAGE_NUMBER);
    }

    @Override
    public long messageMax() {
        return buffer.getUnsignedInt(start + FrameLayout.MESSAGE_MAX);
    }

    @Override
    public long requestId() {
        return buffer.getUnsignedInt(start + FrameLayout.REQUEST_ID);
    }

    @Override
    public int dataLength() {
        return buffer.getInt(start + FrameLayout.DATA_SIZE);
    }

    @Override
    public boolean sessionIsNone() {
        int at = start + FrameLayout.SESSION_ID;
        return (buffer.getLong(at) | buffer.getLong(at + 8) | buffer.getLong(at + 16) | buffer.getLong(at + 24)) == 0;
    }

    @Override
    public boolean sessionEquals(byte[] sessionId) {
        if (sessionId.length != SessionId.LENGTH) {
            return false;
        }
        int difference = 0;
        for (int i = 0; i < SessionId.LENGTH; i++) {
            difference |= buffer.getByte(start + FrameLayout.SESSION_ID + i) ^ sessionId[i];
        }
        return difference == 0;
    }

    @Override
    public int sessionHash() {
        return buffer.getInt(start + FrameLayout.SESSION_ID);
    }

    @Override
    public SessionId sessionId() {
        if (sessionIsNone()) {
            return SessionId.NONE;
        }
        byte[] bytes = new byte[SessionId.LENGTH];
        buffer.getBytes(start + FrameLayout.SESSION_ID, bytes);
        return SessionId.of(bytes);
    }

    @Override
    public int argumentsHash() {
        int hash = 1;
        int end = start + FrameLayout.DATA + dataLength();
        for (int i = start + FrameLayout.DATA; i < end; i++) {
            hash = 31 * hash + buffer.getByte(i);
        }
        return hash;
    }

    @Override
    public boolean argumentsEqual(byte[] other) {
        int length = dataLength();
        if (length != other.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(start + FrameLayout.DATA + i) != other[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] copyArguments() {
        byte[] copy = new byte[dataLength()];
        copyData(copy, 0);
        return copy;
    }

    @Override
    public void copyData(byte[] target, int index) {
        buffer.getBytes(start + FrameLayout.DATA, target, index, dataLength());
    }
}
