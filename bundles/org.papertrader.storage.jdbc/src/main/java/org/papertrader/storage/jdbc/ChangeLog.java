package org.papertrader.storage.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Transactions in a file of their own, in order, from those who commit to the one who does the same elsewhere. A failure
 * of the file is told to the reader only: who commits must never suffer from it.
 */
final class ChangeLog implements AutoCloseable {
    private static final int HEADER = Integer.BYTES;
    private static final long SLOW_NANOS = 1_000_000;
    private static final long SLOWEST_NANOS = 100_000_000;

    private final Path file;
    private final FileChannel channel;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private volatile long written;
    private volatile long lagMax = Long.MAX_VALUE;
    private volatile @Nullable Throwable failure;
    private volatile long read;

    /** @throws IOException when the file is there already, or cannot be made */
    ChangeLog(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Adds a transaction; one caller at a time. */
    void append(List<Change> changes) {
        if (failure != null) {
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(encode(changes));
            long position = written;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            written = position;
        } catch (Exception | Error e) {
            // Whatever it is, memory that ran out included: the transaction is committed, and is missing here.
            failure = e;
        }
    }

    /** A transaction of which nobody knows whether it was committed, so that this has it or misses it wrongly. */
    void miss(Throwable commit) {
        failure = commit;
    }

    /** Throws when a transaction is missing. */
    void requireWhole() throws IOException {
        Throwable failed = failure;
        if (failed != null) {
            throw new IOException("the changes made meanwhile could not be kept: " + failed.getMessage(), failed);
        }
    }

    /** Holds the caller up a little while the reader is far behind, so that it can catch up. */
    void slowDown() {
        long begin = System.nanoTime();
        while (lag() > lagMax && failure == null && System.nanoTime() - begin < SLOWEST_NANOS) {
            LockSupport.parkNanos(this, SLOW_NANOS);
        }
    }

    /** From now on who commits is slowed down while so many bytes are not read. */
    void limitLag(long bytes) {
        lagMax = bytes;
    }

    /** Bytes that were not read yet. */
    long lag() {
        return written - read;
    }

    /** Where the next transaction will begin. */
    long end() {
        return written;
    }

    long position() {
        return read;
    }

    /** The next transaction, or null when there is none; for one reader. */
    @Nullable
    List<Change> next() throws IOException {
        requireWhole();
        if (read == written) {
            return null;
        }
        long begin = read;
        int size = ByteBuffer.wrap(fill(HEADER, begin)).getInt();
        List<Change> changes = decode(fill(size, begin + HEADER));
        read = begin + HEADER + size;
        return changes;
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        failure = new IOException("closed");
        channel.close();
        Files.deleteIfExists(file);
    }

    private byte[] fill(int size, long position) throws IOException {
        byte[] filled = new byte[size];
        ByteBuffer bytes = ByteBuffer.wrap(filled);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException(file + " ends too early");
            }
        }
        return filled;
    }

    private byte[] encode(List<Change> changes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(0);
        out.writeInt(changes.size());
        for (Change change : changes) {
            out.writeInt(number(change.sql()));
            out.writeInt(change.rows().size());
            for (Object[] row : change.rows()) {
                out.writeShort(row.length);
                for (Object value : row) {
                    write(out, value);
                }
            }
            for (int count : change.counts()) {
                out.writeInt(count);
            }
        }
        byte[] encoded = bytes.toByteArray();
        ByteBuffer.wrap(encoded).putInt(encoded.length - HEADER);
        return encoded;
    }

    private List<Change> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int size = in.readInt();
        List<Change> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String sql = texts.get(in.readInt());
            int runs = in.readInt();
            List<@Nullable Object[]> rows = new ArrayList<>(runs);
            for (int run = 0; run < runs; run++) {
                @Nullable Object[] row = new @Nullable Object[in.readShort()];
                for (int column = 0; column < row.length; column++) {
                    row[column] = read(in);
                }
                rows.add(row);
            }
            int[] counts = new int[runs];
            for (int run = 0; run < runs; run++) {
                counts[run] = in.readInt();
            }
            changes.add(new Change(sql, rows, counts));
        }
        return changes;
    }

    /** The texts are few: they stay in memory, and the file has their numbers. */
    private int number(String sql) {
        return numbers.computeIfAbsent(sql, text -> {
            texts.add(text);
            return texts.size() - 1;
        });
    }

    private static void write(DataOutputStream out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof Long number) {
            out.writeByte('L');
            out.writeLong(number);
        } else if (value instanceof Boolean flag) {
            out.writeByte(flag ? 'T' : 'F');
        } else {
            byte[] bytes = value instanceof String text ? text.getBytes(UTF_8) : (byte[]) value;
            out.writeByte(value instanceof String ? 'S' : 'B');
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static @Nullable Object read(DataInputStream in) throws IOException {
        char kind = (char) in.readByte();
        return switch (kind) {
            case '0' -> null;
            case 'L' -> in.readLong();
            case 'T' -> true;
            case 'F' -> false;
            case 'S' -> new String(in.readNBytes(in.readInt()), UTF_8);
            case 'B' -> in.readNBytes(in.readInt());
            default -> throw new IOException("a value of kind " + kind);
        };
    }
}
