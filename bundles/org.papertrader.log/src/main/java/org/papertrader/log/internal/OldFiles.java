package org.papertrader.log.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that are full, beside the one that is written: {@code papertrader-00000017-20260304T050607Z.log}. The number
 * counts on over restarts, so that sorted names are in the order of writing whatever the clock did; the time tells
 * people when the file was closed.
 */
final class OldFiles {

    /** Never more than this many, however small. */
    static final int FILES_MAX = 1_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path file;
    private final String stem;
    private final Pattern name;

    /** @param file the newest file, {@code NAME.log} */
    OldFiles(Path file) {
        this.file = file.toAbsolutePath();
        this.stem = file.getFileName().toString().replaceFirst("\\.log$", "");
        this.name = Pattern.compile(Pattern.quote(stem) + "-([0-9]{8,18})-[0-9TZ]+\\.log");
    }

    /** Oldest first. */
    List<Path> all() throws IOException {
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            return siblings.filter(path -> number(path) >= 0)
                    .sorted(Comparator.comparingLong(this::number))
                    .toList();
        }
    }

    /** The name for a file that is full now. */
    Path next(Instant now) throws IOException {
        List<Path> all = all();
        long number = all.isEmpty() ? 1 : number(all.get(all.size() - 1)) + 1;
        return file.resolveSibling(String.format("%s-%08d-%s.log", stem, number, TIME.format(now)));
    }

    /** Deletes the oldest until the others take no more than this, and are few enough. */
    void trim(long bytesMax) throws IOException {
        List<Path> all = all();
        long bytes = 0;
        int kept = 0;
        for (int i = all.size() - 1; i >= 0; i--) {
            bytes += size(all.get(i));
            kept++;
            if (bytes > bytesMax || kept >= FILES_MAX) {
                Files.deleteIfExists(all.get(i));
            }
        }
    }

    private long number(Path path) {
        var matcher = name.matcher(path.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static long size(Path path) throws IOException {
        try {
            return Files.size(path);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }
}
