package org.papertrader.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data directory, held exclusively by this process until it is closed or the process ends. */
final class DataDirectory implements AutoCloseable {
    private static final int PID_BYTES_MAX = 20;

    private final FileChannel channel;

    private DataDirectory(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Creates the directory if needed and locks it.
     *
     * @throws LaunchException when another process holds it or it cannot be written
     */
    static DataDirectory hold(Path data) throws LaunchException {
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(
                    data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                String holder = holder(channel);
                channel.close();
                throw new LaunchException(
                        ExitCode.DATA_IN_USE,
                        "the data directory " + data + " is in use by another PaperTrader" + holder);
            }
            return new DataDirectory(channel);
        } catch (IOException e) {
            throw new LaunchException(
                    ExitCode.START_FAILED, "cannot write to the data directory " + data + ": " + e.getMessage(), e);
        }
    }

    /** Leaves this process's id in the lock file, for whoever finds it locked. */
    void sign() throws IOException {
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** Gives a new installation its configuration folder, filled from the distribution's template. */
    static void prepareConf(Path conf, Path template) throws IOException {
        if (Files.exists(conf)) {
            return;
        }
        Files.createDirectories(conf);
        if (Files.isDirectory(template)) {
            try (Stream<Path> files = Files.list(template)) {
                for (Path file : files.toList()) {
                    Files.copy(file, conf.resolve(file.getFileName()));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PID_BYTES_MAX);
        channel.read(bytes, 0);
        String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).trim();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }
}
