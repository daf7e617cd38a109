package org.papertrader.shell.ssh.internal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.papertrader.shell.console.Journal;
import org.papertrader.shell.console.Secrets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for whatever somebody did: time, user, address, connection, event, and the rest as {@code key=value}. Any thread
 * may write. When it cannot be written, for a full disk, the shell goes on, since it is needed most then, and the log says so.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final Path file;
    private final long bytesMax;
    private final int filesMax;
    private final Clock clock;

    /** {@code file} gets neighbours {@code file.1}, the youngest, to {@code file.N}; at most {@code filesMax} in all. */
    AuditLog(Path file, long bytesMax, int filesMax, Clock clock) {
        this.file = file;
        this.bytesMax = bytesMax;
        this.filesMax = filesMax;
        this.clock = clock;
    }

    /**
     * Who did it.
     *
     * @param user the name that was given at the login
     * @param address where from
     * @param connection a number for what one connection did
     * @param credential the fingerprint of the key, or how else the user was known
     */
    record Who(String user, String address, long connection, String credential) {}

    /** What somebody runs, each line before and after. */
    Journal of(Who who) {
        return new Journal() {
            @Override
            public void begins(String line) {
                write(who, "command", "line", line);
            }

            @Override
            public void ends(String line, int code, long millis) {
                write(who, "exit", "code", Integer.toString(code), "ms", Long.toString(millis), "line", line);
            }
        };
    }

    /** Writes a line. Values are masked and escaped. */
    synchronized void write(Who who, String event, String... keysAndValues) {
        StringBuilder line = new StringBuilder()
                .append(clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .append(" user=")
                .append(quoted(who.user()))
                .append(" from=")
                .append(who.address())
                .append(" connection=")
                .append(who.connection())
                .append(" by=")
                .append(quoted(who.credential()))
                .append(" event=")
                .append(event);
        for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
            line.append(' ').append(keysAndValues[i]).append('=').append(quoted(Secrets.mask(keysAndValues[i + 1])));
        }
        try {
            append(line.append('\n').toString());
        } catch (IOException e) {
            LOG.error("the audit log {} cannot be written ({}); it misses: {}", file, e.toString(), line);
        }
    }

    private void append(String line) throws IOException {
        if (!Files.exists(file)) {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else if (Files.size(file) >= bytesMax) {
            rotate();
            append(line);
            return;
        }
        // No channel: that of an interrupted thread, whose command was ended, writes nothing.
        try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(line.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void rotate() throws IOException {
        Files.deleteIfExists(older(filesMax - 1));
        for (int i = filesMax - 2; i >= 1; i--) {
            if (Files.exists(older(i))) {
                Files.move(older(i), older(i + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path older(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private static String quoted(String text) {
        String escaped = Secrets.escape(text);
        return escaped.matches("[\\w.:@/+-]+") ? escaped : '"' + escaped + '"';
    }
}
