package org.papertrader.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times at which a process called fsync, fdatasync or msync, as strace saw them. */
final class Fsyncs {
    private static final int RECORD_BYTES = 128;

    private final double @Nullable [] seconds;

    private Fsyncs(double @Nullable [] seconds) {
        this.seconds = seconds;
    }

    /** What to put before a command so that its calls are noted in the file; nothing when there is no strace. */
    static List<String> tracer(Path file) {
        String path = System.getenv("PATH");
        boolean installed = Stream.of((path == null ? "" : path).split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
        // -D keeps the traced process in the place of a child; the filter in the kernel leaves other calls alone.
        return installed
                ? List.of(
                        "strace",
                        "-D",
                        "-f",
                        "-qq",
                        "--seccomp-bpf",
                        "-ttt",
                        "-e",
                        "trace=fsync,fdatasync,msync",
                        "-e",
                        "signal=none",
                        "-o",
                        file.toString())
                : List.of();
    }

    static Fsyncs read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Fsyncs(null);
        }
        try (Stream<String> lines = Files.lines(file)) {
            return new Fsyncs(lines.filter(line -> line.contains("sync(") && !line.contains("resumed>"))
                    .mapToDouble(line -> Double.parseDouble(line.strip().split(" +", -1)[1]))
                    .toArray());
        }
    }

    boolean isCounted() {
        return seconds != null;
    }

    double perSecond(Instant from, Instant to) {
        double first = from.toEpochMilli() / 1e3;
        double last = to.toEpochMilli() / 1e3;
        int count = 0;
        for (double time : seconds == null ? new double[0] : seconds) {
            count += time >= first && time < last ? 1 : 0;
        }
        return count / (last - first);
    }

    /** How many small appends with an fdatasync each the disk takes in a second, one after the other. */
    static double alone(Workspace workspace) throws IOException {
        Path file = workspace.folder("fsync.data");
        long limit = Duration.ofSeconds(1).toNanos();
        int count = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer data = ByteBuffer.allocateDirect(RECORD_BYTES);
            long start = System.nanoTime();
            while (System.nanoTime() - start < limit) {
                data.clear();
                channel.write(data);
                channel.force(false);
                count++;
            }
        }
        return count;
    }
}
