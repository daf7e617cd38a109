package org.papertrader.log.internal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Shell command {@code log:tail [n]}: the last lines of the log file. */
@Component(
        service = TailCommand.class,
        configurationPid = FileLog.PID,
        property = {"osgi.command.scope=log", "osgi.command.function=tail"})
public final class TailCommand {

    static final int LINES_DEFAULT = 20;
    static final int LINES_MAX = 1_000;

    /** How far back from the end of the file is looked. */
    static final int BYTES_MAX = 1 << 20;

    private final Path file;

    /** Looks at the file that the configuration names. */
    @Activate
    public TailCommand(FileLog.Config config) {
        this(FileLog.path(config));
    }

    TailCommand(Path file) {
        this.file = file;
    }

    /** The last {@value #LINES_DEFAULT} lines. */
    public String tail() throws IOException {
        return tail(LINES_DEFAULT);
    }

    /**
     * The last lines.
     *
     * @param lines how many, at most {@value #LINES_MAX}
     * @throws IOException when the file cannot be read
     */
    public String tail(int lines) throws IOException {
        if (Files.notExists(file)) {
            return "no log file yet: " + file;
        }
        List<String> end = end().lines().toList();
        int wanted = Math.max(0, Math.min(lines, LINES_MAX));
        return String.join("\n", end.subList(Math.max(0, end.size() - wanted), end.size()));
    }

    /** The last bytes from the start of a line on. */
    private String end() throws IOException {
        try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(0, reader.length() - BYTES_MAX);
            byte[] bytes = new byte[(int) (reader.length() - start)];
            reader.seek(start);
            reader.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return start == 0 ? text : text.substring(text.indexOf('\n') + 1);
        }
    }
}
