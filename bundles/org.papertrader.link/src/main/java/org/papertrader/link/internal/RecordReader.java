package org.papertrader.link.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.function.Consumer;

/** Cuts the bytes of one link into records. Belongs to the loop. */
final class RecordReader {
    private static final int INITIAL = 4 * 1024;

    private ByteBuf bytes = Unpooled.buffer(INITIAL);
    private int lengthMax = LinkRecord.LENGTH_MAX_HELLO;

    /** The peer has proved who it is: larger records may come. */
    void admit() {
        lengthMax = LinkRecord.LENGTH_MAX;
    }

    /** Takes bytes in and gives each whole record; throws {@link BadRecord}. */
    void read(ByteBuffer in, Consumer<LinkRecord> records) {
        bytes.writeBytes(in);
        while (bytes.readableBytes() >= Integer.BYTES) {
            long length = bytes.getUnsignedInt(bytes.readerIndex());
            if (length < LinkRecord.HEADER - Integer.BYTES || length > lengthMax - Integer.BYTES) {
                throw new BadRecord("a record of " + length + " bytes");
            }
            if (bytes.readableBytes() < Integer.BYTES + length) {
                break;
            }
            records.accept(next());
        }
        shrink();
    }

    private LinkRecord next() {
        int length = bytes.readInt();
        int number = bytes.readUnsignedByte();
        Kind kind = Kind.ofNumber(number);
        if (kind == null) {
            throw new BadRecord("kind " + number);
        }
        long correlation = bytes.readLong();
        UUID worker = new UUID(bytes.readLong(), bytes.readLong());
        byte[] body = new byte[length + Integer.BYTES - LinkRecord.HEADER];
        bytes.readBytes(body);
        return new LinkRecord(kind, correlation, worker, body);
    }

    private void shrink() {
        if (!bytes.isReadable() && bytes.capacity() > RecordSender.BATCH) {
            bytes = Unpooled.buffer(INITIAL);
        } else {
            bytes.discardReadBytes();
        }
    }
}
