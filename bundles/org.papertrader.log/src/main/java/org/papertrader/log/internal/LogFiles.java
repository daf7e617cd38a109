package org.papertrader.log.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.papertrader.log.front.CapturedEntry;

/** Reads what is in the files, beside who writes them. */
final class LogFiles {

    /** How far back from the end of each file is looked for the last entries. */
    static final long TAIL_BYTES_MAX = 4 << 20;

    private final Path file;

    LogFiles(Path file) {
        this.file = file;
    }

    /** All files, oldest first. */
    List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>(new OldFiles(file).all());
        if (Files.exists(file)) {
            all.add(file);
        }
        return all;
    }

    /** The last entries, oldest first, at most so many. */
    List<CapturedEntry> last(int count) throws IOException {
        List<Path> all = all();
        List<CapturedEntry> last = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0 && last.size() < count; i--) {
            Deque<CapturedEntry> end = new ArrayDeque<>();
            int wanted = count - last.size();
            read(all.get(i), TAIL_BYTES_MAX, entry -> keep(entry, end, wanted));
            last.addAll(0, end);
        }
        return last;
    }

    /** Every entry of every file, oldest first. */
    void each(Consumer<CapturedEntry> sink) throws IOException {
        for (Path each : all()) {
            read(each, Long.MAX_VALUE, sink);
        }
    }

    /** Adds at the end, and takes the first away when there are too many. */
    static void keep(CapturedEntry entry, Deque<CapturedEntry> kept, int most) {
        kept.addLast(entry);
        if (kept.size() > most) {
            kept.removeFirst();
        }
    }

    /** What is written from now on. */
    LogFollower follow() throws IOException {
        return new LogFollower(file);
    }

    private static void read(Path file, long bytesMax, Consumer<CapturedEntry> sink) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            in.position(Math.max(0, in.size() - bytesMax));
            EntryReader reader = new EntryReader(sink);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(in), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                reader.line(line);
            }
            reader.end();
        } catch (NoSuchFileException e) {
            // It was renamed or deleted since it was listed.
        }
    }
}
