package org.papertrader.protocol.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.papertrader.model.SessionId;
import org.papertrader.protocol.api.FrameLayout;
import org.papertrader.protocol.api.FrameView;

/**
 * Reads the fields where they lie; allocates only in the methods that copy. The fixed part of the header is read at once,
 * in three steps of 8 bytes: each access to a buffer is checked, and a server asks for most fields.
 */
final class FrameViewV1 implements FrameView {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long U32 = 0xFFFF_FFFFL;
    private static final int U16 = 0xFFFF;
    private static final int U8 = 0xFF;
    private static final int SHORT_DATA = 64;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private long bytes0;
    private long bytes8;
    private long bytes16;

    FrameViewV1 wrap(ByteBuf newBuffer, int index) {
        this.buffer = newBuffer;
        this.start = index;
        this.bytes0 = newBuffer.getLong(index);
        this.bytes8 = newBuffer.getLong(index + Long.BYTES);
        this.bytes16 = newBuffer.getLong(index + 2 * Long.BYTES);
        return this;
    }

    @Override
    public int version() {
        return (int) (bytes0 >>> 56);
    }

    @Override
    public int messageType() {
        return (int) (bytes0 >>> 48) & U8;
    }

    @Override
    public int instruction() {
        return (int) (bytes0 >>> 32) & U16;
    }

    @Override
    public int argumentCount() {
        return (int) (bytes8 >>> 48);
    }

    @Override
    public long messageNumber() {
        return bytes8 >>> 16 & U32;
    }

    @Override
    public long messageMax() {
        return (bytes8 & U16) << 16 | bytes16 >>> 48;
    }

    @Override
    public long requestId() {
        return bytes16 >>> 16 & U32;
    }

    @Override
    public int dataLength() {
        return (int) bytes0;
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
        long difference = 0;
        for (int i = 0; i < SessionId.LENGTH; i += Long.BYTES) {
            difference |= buffer.getLong(start + FrameLayout.SESSION_ID + i) ^ (long) LONGS.get(sessionId, i);
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

    /** Short data is copied 8 bytes at a time: to set a bulk copy up takes longer than that. */
    @Override
    public void copyData(byte[] target, int index) {
        int length = dataLength();
        int from = start + FrameLayout.DATA;
        if (length > SHORT_DATA) {
            buffer.getBytes(from, target, index, length);
            return;
        }
        int done = 0;
        for (; done + Long.BYTES <= length; done += Long.BYTES) {
            LONGS.set(target, index + done, buffer.getLong(from + done));
        }
        for (; done < length; done++) {
            target[index + done] = buffer.getByte(from + done);
        }
    }
}
