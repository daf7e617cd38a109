package org.papertrader.storage.h2.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Where the database is, how it is opened, and what its failures mean for the operator. */
final class H2Files {
    /** The file is {@code papertrader.mv.db}. */
    static final String NAME = "papertrader";

    private static final int LOCKED = 90020;
    private static final int CORRUPT = 90030;
    private static final int OLD_FORMAT = 90048;
    private static final int LOCK_TIMEOUT_MILLIS = 10_000;
    private static final int QUERY_CACHE_STATEMENTS = 64;

    private H2Files() {}

    /**
     * The URL of the database in a directory.
     *
     * @throws IllegalArgumentException when the directory's name cannot be part of an URL of H2
     */
    static String url(Path directory, int cacheMegabytes) {
        String path = directory.toAbsolutePath().normalize().resolve(NAME).toString();
        if (path.indexOf(';') >= 0) {
            throw new IllegalArgumentException("the database directory must not contain a semicolon: " + path);
        }
        // async: an interrupt of one calling thread must not close the file under all others.
        // WRITE_DELAY=0: by default H2 loses acknowledged commits when the process dies.
        return "jdbc:h2:async:" + path + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT="
                + LOCK_TIMEOUT_MILLIS + ";QUERY_CACHE_SIZE=" + QUERY_CACHE_STATEMENTS + ";CACHE_SIZE="
                + cacheMegabytes * 1024;
    }

    /** Makes the directory, for its owner only where the file system knows owners. */
    static void prepare(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Files.createDirectories(directory);
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** True when there is a database in the directory. */
    static boolean exists(Path directory) {
        return Files.exists(file(directory));
    }

    /** The file of the database in the directory. */
    static Path file(Path directory) {
        return directory.resolve(NAME + ".mv.db");
    }

    /** The directory in the one form in which directories are compared. */
    static Path normal(String directory) {
        return Path.of(directory).toAbsolutePath().normalize();
    }

    /** Puts the names in a directory on disk, where the system can do that. */
    static void sync(Path directory) throws IOException {
        if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** True when another process, or another engine in this one, has the database open. */
    static boolean isLocked(Throwable failure) {
        return code(failure) == LOCKED;
    }

    /** One line that says what is wrong with the file and what to do. */
    static String explain(Throwable failure, Path directory) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlaceFailure) {
                return firstLine(cause);
            }
        }
        Path file = file(directory);
        return switch (code(failure)) {
            case LOCKED -> "the database " + file + " is in use by another process; stop that one first";
            case CORRUPT ->
                "the database " + file + " is damaged and was left as it is; restore a backup, or recover it"
                        + " with org.h2.tools.Recover";
            case OLD_FORMAT -> "the database " + file + " has a format that this H2 cannot read; it was left as it is";
            default -> "the database " + file + " cannot be opened: " + firstLine(failure);
        };
    }

    private static int code(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
                return sql.getErrorCode();
            }
        }
        return 0;
    }

    static String firstLine(Throwable failure) {
        String text = failure.getMessage();
        return text == null ? failure.toString() : text.lines().findFirst().orElse("");
    }
}
