package org.papertrader.log.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that is appended to. Before it would outgrow its size, and when it is older than its age, it gets a name of
 * {@link OldFiles} and a new one is begun; the oldest are deleted so that all together never exceed the total. A log
 * tells on users, so only its owner may read it where the file system knows owners. Not thread-safe.
 */
final class RotatingFile implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int HEAD_BYTES = 64;
    private static final Pattern FIRST_TIME = Pattern.compile("(?:\\{\"time\":\")?([0-9T:.+-]{10,40}Z)");

    private final Path file;
    private final Limits limits;
    private final EntryFormat format;
    private final Clock clock;
    private final OldFiles old;
    private @Nullable FileChannel out;
    private long size;
    private Instant begun = Instant.EPOCH;

    /**
     * How much is kept.
     *
     * @param fileBytesMax size of one file; each text written is at most as long
     * @param fileAgeMax time after which a new file is begun, with the next entry
     * @param totalBytesMax size of all files together
     */
    record Limits(long fileBytesMax, Duration fileAgeMax, long totalBytesMax) {}

    /**
     * What came of writing.
     *
     * @param count texts that are whole in the file
     * @param failure why it was not all, null when it was
     */
    record Written(int count, @Nullable IOException failure) {}

    /**
     * Nothing is opened yet.
     *
     * @param file the newest file; its folder is made when needed
     * @param format of the texts; a file of another one is closed and a new one begun
     */
    RotatingFile(Path file, Limits limits, EntryFormat format, Clock clock) {
        this.file = file;
        this.limits = limits;
        this.format = format;
        this.clock = clock;
        this.old = new OldFiles(file);
    }

    /**
     * Appends texts, each whole in one file, and hands them to the operating system before it returns. Of a text that did
     * not fit on the disk nothing stays.
     *
     * @param sync whether they are also on the disk when it returns
     */
    Written write(List<String> texts, boolean sync) {
        int done = 0;
        try {
            reopenIfGone();
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            int inChunk = 0;
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                int more = chunk.size() + bytes.length;
                if (chunk.size() > 0 && (more > CHUNK_BYTES || size + more > limits.fileBytesMax())) {
                    append(chunk);
                    done += inChunk;
                    inChunk = 0;
                }
                if (chunk.size() == 0) {
                    makeReady(bytes.length);
                }
                chunk.write(bytes);
                inChunk++;
            }
            append(chunk);
            done += inChunk;
            if (sync) {
                sync();
            }
            return new Written(done, null);
        } catch (IOException e) {
            closeAfter(e);
            return new Written(done, e);
        }
    }

    /** Sees to it that what was written is on the disk. */
    void sync() throws IOException {
        FileChannel open = out;
        if (open != null) {
            open.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel closing = out;
        out = null;
        if (closing != null) {
            try (closing) {
                closing.force(false);
            }
        }
    }

    /** Appends all or nothing. */
    private void append(ByteArrayOutputStream chunk) throws IOException {
        FileChannel open = out;
        if (open == null || chunk.size() == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(chunk.toByteArray());
        chunk.reset();
        try {
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            size += bytes.limit();
        } catch (IOException e) {
            takeBack(open, e);
            throw e;
        }
    }

    /** What was written of a chunk before the disk was full goes: it will be written again. */
    private void takeBack(FileChannel open, IOException cause) {
        try {
            open.truncate(size);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean isFull(long more) {
        return size > 0 && size + more > limits.fileBytesMax();
    }

    /** Sees to it that there is a file with room for so many bytes. */
    private void makeReady(long bytes) throws IOException {
        if (out == null) {
            open();
        }
        if (isFull(bytes) || (size > 0 && isOld())) {
            rotate();
        }
    }

    private boolean isOld() {
        Instant now = clock.instant();
        if (begun.isAfter(now)) {
            // The clock went back: the file's age counts from here.
            begun = now;
        }
        return Duration.between(begun, now).compareTo(limits.fileAgeMax()) >= 0;
    }

    /** Somebody may have moved the file or its folder away. */
    private void reopenIfGone() throws IOException {
        if (out != null && Files.notExists(file)) {
            close();
        }
    }

    private void open() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        String head = Files.exists(file) ? head() : "";
        if (!head.isEmpty() && EntryFormat.of(head.charAt(0)) != format) {
            Files.move(file, old.next(clock.instant()));
            head = "";
        }
        if (Files.notExists(file)) {
            create();
        }
        out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        size = Files.size(file);
        begun = begun(head);
        endTornLine(out);
        old.trim(limits.totalBytesMax() - limits.fileBytesMax());
    }

    /** A power failure may have cut the last line: what comes next must not continue it. */
    private void endTornLine(FileChannel open) throws IOException {
        if (size > 0 && Files.isRegularFile(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
                in.read(last, size - 1);
            }
            if (last.get(0) != '\n') {
                size += open.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
        }
    }

    private void create() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private void rotate() throws IOException {
        close();
        Files.move(file, old.next(clock.instant()));
        open();
    }

    /** When the file was begun: the time of its first entry, however often it was opened since. */
    private Instant begun(String head) {
        Matcher first = FIRST_TIME.matcher(head);
        try {
            return first.lookingAt() ? Instant.parse(first.group(1)) : clock.instant();
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }

    private String head() throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** The next try opens the file anew: its folder may have been replaced. */
    private void closeAfter(IOException cause) {
        FileChannel closing = out;
        out = null;
        try {
            if (closing != null) {
                closing.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
