package org.papertrader.log.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.papertrader.log.front.CapturedEntry;

/** Reads on where it stopped, from one file into the next when a new one is begun. */
final class LogFollower implements AutoCloseable {

    private static final int BYTES_MAX = 1 << 20;

    private final Path file;
    private @Nullable FileChannel in;
    private @Nullable Object key;

    /** Begins at the end of the file. */
    LogFollower(Path file) throws IOException {
        this.file = file;
        open();
        if (in != null) {
            in.position(in.size());
        }
    }

    /** The entries since the last time. */
    List<CapturedEntry> more() throws IOException {
        List<CapturedEntry> entries = new ArrayList<>();
        read(entries);
        if (!Objects.equals(key, key(file))) {
            // What came into the old file between the reading and the look at its name.
            read(entries);
            close();
            open();
            read(entries);
        }
        return entries;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = in;
        in = null;
        if (open != null) {
            open.close();
        }
    }

    private void open() throws IOException {
        key = key(file);
        if (key != null) {
            in = FileChannel.open(file, StandardOpenOption.READ);
        }
    }

    /** Whole lines only: the rest of one that is being written comes the next time. */
    private void read(List<CapturedEntry> entries) throws IOException {
        FileChannel open = in;
        if (open == null) {
            return;
        }
        long start = open.position();
        long size = Math.min(open.size() - start, BYTES_MAX);
        if (size <= 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) size);
        open.read(bytes, start);
        byte[] read = bytes.array();
        int end = bytes.position();
        while (end > 0 && read[end - 1] != '\n') {
            end--;
        }
        open.position(start + end);
        EntryReader reader = new EntryReader(entries::add);
        new String(read, 0, end, StandardCharsets.UTF_8).lines().forEach(reader::line);
        reader.end();
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
